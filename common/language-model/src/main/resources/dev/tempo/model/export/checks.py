"""What is checked of scripts: against what Java computed, and where their tensors are."""
import math

import torch

from scripted_cache import Cache
from scripted_model import Model

TYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
# Differences of log-probabilities, relative where those are below -1, from float32: the largest and the mean.
TOLERANCE = {"float32": 2e-3, "bfloat16": 0.25}
MEAN_TOLERANCE = {"float32": 2e-4, "bfloat16": 0.03}
failed = []


def report(name, good, text):
    print(f"{'ok     ' if good else 'FAILED '} {name:28} {text}", flush=True)
    if not good:
        failed.append(name)


def skip(name, text):
    print(f"skipped {name:28} {text}", flush=True)


def difference(found, expected):
    error = (found.double().cpu() - expected.double().cpu()).abs() / expected.double().cpu().abs().clamp(min=1)
    return error.max().item(), error.mean().item()


def check_close(name, found, expected, type_name):
    largest, mean = difference(found, expected)
    report(f"{name} {type_name}", largest <= TOLERANCE[type_name] and mean <= MEAN_TOLERANCE[type_name],
           f"largest difference {largest:.2g}, mean {mean:.2g}")


def check_examples(model, type_name, examples):
    forward = examples["forward"]
    ids = torch.tensor(forward["ids"], device=model.device)
    prompt = forward["prompt"]
    check_close("examples: log-probs", model.log_probs(ids, prompt), torch.tensor(forward["log_probs"]), type_name)
    log = model.logits(ids)[:, prompt - 1:-1].log_softmax(-1)
    check_close("examples: entropy", -(log.exp() * log).sum(-1), torch.tensor(forward["entropy"]), type_name)
    generation = examples["generation"]
    prompts = torch.tensor(generation["prompts"], device=model.device)
    responses, expected = generation["responses"], generation["log_probs"]
    # The cache is filled with the expected tokens, so that one tie does not end the comparison.
    length = max(map(len, responses))
    cache = Cache(model, len(responses), prompts.size(1) + length)
    drawn = cache.begin(cache.prefill(prompts), generation["blocked"])
    same, errors = 0, []
    for t in range(length):
        for row, response in enumerate(responses):
            if t < len(response):
                if int(drawn[row, 0]) == response[t]:
                    same += 1
                    errors.append(abs(float(drawn[row, 1]) - expected[row][t]))
        fed = [response[min(t, len(response) - 1)] for response in responses]
        drawn = cache.step(torch.tensor(fed, device=model.device), generation["blocked"])
    total = sum(map(len, responses))
    report(f"examples: greedy decoding {type_name}",
           max(errors, default=math.inf) <= TOLERANCE[type_name] and same >= total * (1 if type_name == "float32" else 0.7),
           f"{same} of {total} tokens the same, largest difference {max(errors, default=math.nan):.2g}")


def training_inputs(example, device):
    def whole(key):
        return torch.tensor(example[key], device=device)
    return (whole("ids"), whole("rows"), whole("targets"), whole("owner"), torch.tensor(example["numbers"], device=device),
            torch.tensor(example["settings"], dtype=torch.float64))


def check_training(directory, spec, tensors, device, example):
    model = Model(directory, spec, tensors, device, torch.float32)
    weights = [weight.clone() for weight in model.weights]
    moments = [torch.zeros_like(weight) for weight in weights * 2]
    count = torch.zeros([], device=device)
    ids, rows, targets, owner, numbers, settings = training_inputs(example, device)
    for step, expected in enumerate(example["steps"]):
        found = model.script.policy_step(ids, rows, targets, owner, numbers, weights, moments, count, model.cos, model.sin, settings)
        error = max(abs(a - b) / max(1, abs(b)) for a, b in zip(found.tolist(), expected))
        report(f"examples: training step {step + 1}", error < 5e-3,
               f"loss, norm, clips, KL, entropy: largest difference {error:.2g}")


def check_placement(directory, spec):
    """On the device meta, where numbers are not but shapes and devices are."""
    try:
        shapes = {part["name"]: torch.empty(part["shape"], device="meta") for parts in spec["layout"] for part in parts}
        for type_name in ("float32", "bfloat16"):
            model = Model(directory, spec, shapes, "meta", TYPES[type_name], generating=True)
            lengths = (12, min(96, model.cos.size(1)))
            for t in lengths:
                # 7 are a batch with padding, too
                ids = torch.zeros(7, t, dtype=torch.int64, device="meta")
                cache = Cache(model, 7, 2 * t)
                hidden = cache.prefill(ids)
                found = [model.log_probs(ids, 3), hidden, cache.begin(hidden, temperature=.7)]
                found += [cache.step(ids[:, 0], forced=forced) for forced in (None, ids[:, 0])]
                assert all(tensor.device.type == "meta" for tensor in found)
            p = [torch.empty(weight.shape, device="meta") for weight in model.weights]
            g = [torch.empty_like(weight) for weight in p]
            rows = torch.zeros(16, dtype=torch.int64, device="meta")
            settings = torch.tensor([1e-3, .9, .95, .01, 1, 1, .2, .2, 8], dtype=torch.float64)
            plan = torch.tensor([0, 6 if type_name == "float32" else 15, 1024], dtype=torch.float64)
            for t in lengths:
                ids = torch.zeros(8, t, dtype=torch.int64, device="meta")
                found = model.script.policy_gradient(ids, rows, rows, rows, torch.empty(4, 16, device="meta"), p, p, g, model.cos,
                                                     model.sin, torch.zeros(0, 2, dtype=torch.int64), plan, settings)
                assert found.device.type == "meta"
            report(f"placement {type_name}", True, "forward, prefill, decoding and gradients make their tensors where their inputs are")
    except (RuntimeError, NotImplementedError) as refused:
        lines = [line for line in str(refused).splitlines() if "Error: " in line]
        report("placement", False, lines[0] if lines else str(refused))
