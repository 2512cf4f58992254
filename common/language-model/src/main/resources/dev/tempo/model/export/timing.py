"""Measures the scripts, against transformers and the device's matrix products."""
import math
import time

import torch

from checks import TYPES
from scripted_cache import Cache
from scripted_model import Model


def seconds(device, work, repeats=5):
    """The fastest of some runs, after one that is not counted"""
    best = math.inf
    for run in range(repeats + 1):
        if device.type == "cuda":
            torch.cuda.synchronize()
        begun = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize()
        if run > 0:
            best = min(best, time.perf_counter() - begun)
    return best


def peak(device, dtype):
    """Multiply-adds a second of a large matrix product, times 2"""
    n = 8192 if device.type == "cuda" else 1024
    a, b = torch.randn(n, n, device=device, dtype=dtype), torch.randn(n, n, device=device, dtype=dtype)
    return 2 * n ** 3 / seconds(device, lambda: a @ b)


def time_inference(model, theirs, type_name, batches, context, most):
    flops = 2 * model.spec["parameters"]
    device = model.device
    for batch in batches:
        ids = torch.randint(2, model.spec["vocabulary"], (batch, context), device=device)
        cache = Cache(model, batch, context + 64)
        ours_prefill = seconds(device, lambda: cache.prefill(ids))

        def decode():
            cache.length = context
            last = ids[:, -1]
            for _ in range(32):
                last = cache.step(last, temperature=1.0)[:, 0]
        ours = seconds(device, decode, 3) / 32
        text = (f"prefill {batch * context / ours_prefill:.0f} tokens/s ({flops * batch * context / ours_prefill / most:.1%} of peak),"
                f" decoding {batch / ours:.0f} tokens/s")
        if theirs is not None:
            with torch.no_grad():
                their_prefill = seconds(device, lambda: theirs(ids, use_cache=True, logits_to_keep=1))

                def their_decode():
                    past = theirs(ids, use_cache=True, logits_to_keep=1).past_key_values
                    if device.type == "cuda":
                        torch.cuda.synchronize()
                    begun, last = time.perf_counter(), ids[:, -1:]
                    for _ in range(32):
                        logits = theirs(last, past_key_values=past, use_cache=True).logits[:, -1].float()
                        last = torch.multinomial(logits.softmax(-1), 1)
                        logits.log_softmax(-1).gather(1, last)
                    if device.type == "cuda":
                        torch.cuda.synchronize()
                    return (time.perf_counter() - begun) / 32
                theirs_decoding = min(their_decode() for _ in range(4))
            text += f"; of transformers' {their_prefill / ours_prefill:.2f}x and {theirs_decoding / ours:.2f}x"
        print(f"time    {type_name}, batch {batch}, context {context}: {text}", flush=True)


def time_training(directory, spec, tensors, device, type_name, batch, length, most, theirs):
    """A step in parts: matrix products in the type, weights, gradients and AdamW in float32"""
    model = Model(directory, spec, tensors, device, torch.float32)
    p = [weight.detach().clone() for weight in model.weights]
    g = [torch.zeros_like(weight) for weight in p]
    moments = [torch.zeros_like(weight) for weight in p * 2]
    count = torch.zeros([], device=device)
    ids = torch.randint(2, spec["vocabulary"], (batch, length), device=device)
    n = batch * (length - 1)
    rows = (torch.arange(batch, device=device)[:, None] * length + torch.arange(length - 1, device=device)).view(-1)
    targets = ids[:, 1:].reshape(-1)
    owner = torch.arange(batch, device=device).repeat_interleave(length - 1)
    numbers = torch.zeros(4, n, device=device)
    numbers[1], numbers[2] = 1, 1 / n
    settings = torch.tensor([1e-5, .9, .95, .01, 1, 0, .2, .2, batch], dtype=torch.float64)
    places = torch.zeros(0, 2, dtype=torch.int64)
    plan = torch.tensor([0, 6 if type_name == "float32" else 15, max(16, (1 << 24) // spec["vocabulary"])], dtype=torch.float64)

    def step():
        model.script.forget_gradient(g)
        measured = model.script.policy_gradient(ids, rows, targets, owner, numbers, p, p, g, model.cos, model.sin, places, plan, settings)
        model.script.descend_gradient(measured[0].float(), p, g, moments, count, settings)
    ours = seconds(device, step, 3)
    # Forward, again forward, and backward: 8 operations a parameter and token with recomputation, of which 6 are the model's.
    text = f"{batch * length / ours:.0f} tokens/s ({6 * spec['parameters'] * batch * length / ours / most:.1%} of peak)"
    if theirs is not None:
        theirs = theirs.to(torch.float32).train()
        theirs.gradient_checkpointing_enable()
        optimizer = torch.optim.AdamW(theirs.parameters(), 1e-5, fused=True)

        def their_step():
            optimizer.zero_grad()
            with torch.autocast(device.type, torch.bfloat16, enabled=type_name == "bfloat16"):
                logits = theirs(ids, use_cache=False).logits
            torch.nn.functional.cross_entropy(logits[:, :-1].float().reshape(n, -1), targets).backward()
            torch.nn.utils.clip_grad_norm_(theirs.parameters(), 1.0)
            optimizer.step()
        text += f"; of transformers' with checkpoints {seconds(device, their_step, 3) / ours:.2f}x"
        theirs.eval().to(TYPES[type_name])
    print(f"time    {type_name}, training {batch} x {length}: {text}", flush=True)
