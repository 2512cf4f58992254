"""Cached decoding of a Qwen3 in plain PyTorch, as fast as eager code gets without extensions: a preallocated cache, fused
projections, no gradients. One line per request on standard input, "batch context steps", is answered with two numbers: seconds
of processor time of one decoding step (the fastest of so many) and of running a prompt of `context` tokens once. Random weights: only
time is measured. Arguments: hidden layers heads key-value-heads head-dimension intermediate vocabulary."""
import sys
import time

import torch
import torch.nn.functional as F

D, L, H, K, E, I, V = map(int, sys.argv[1:8])
torch.set_num_threads(1)
torch.manual_seed(1)
G = H // K


def weights(*shape):
    return torch.randn(*shape) * 0.05


embedding = weights(V, D)
layers = [
    (torch.ones(D), weights((H + 2 * K) * E, D), torch.ones(E), torch.ones(E), weights(D, H * E),
     torch.ones(D), weights(2 * I, D), weights(D, I))
    for _ in range(L)
]
final = torch.ones(D)
angles = torch.arange(4096).float()[:, None] * 10000.0 ** (-torch.arange(E // 2).float() / (E // 2))
COS, SIN = torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1)


def rms(x, weight):
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-6) * weight


def rotated(x, cos, sin):
    return x * cos + torch.cat([-x[..., E // 2:], x[..., :E // 2]], -1) * sin


def forward(ids, start, cache):
    b, t = ids.shape
    cos, sin = COS[start:start + t], SIN[start:start + t]
    mask = torch.triu(torch.full((t, start + t), float("-inf")), start + 1) if t > 1 else None
    x = F.embedding(ids, embedding)
    for (g1, qkv, gq, gk, wo, g2, up, down), (keys, values) in zip(layers, cache):
        y = F.linear(rms(x, g1), qkv).view(b, t, H + 2 * K, E).transpose(1, 2)
        q = rotated(rms(y[:, :H], gq), cos, sin)
        keys[:b, :, start:start + t] = rotated(rms(y[:, H:H + K], gk), cos, sin)
        values[:b, :, start:start + t] = y[:, H + K:]
        s = (q * E ** -0.5).reshape(b, K, G * t, E) @ keys[:b, :, :start + t].transpose(2, 3)
        if mask is not None:
            s = s.view(b, K, G, t, -1) + mask
            s = s.view(b, K, G * t, -1)
        a = (s.softmax(-1) @ values[:b, :, :start + t]).view(b, H, t, E)
        x = x + F.linear(a.transpose(1, 2).reshape(b, t, H * E), wo)
        gate, other = F.linear(rms(x, g2), up).chunk(2, -1)
        x = x + F.linear(F.silu(gate) * other, down)
    logits = F.linear(rms(x[:, -1], final), embedding)
    return torch.multinomial(logits.softmax(-1), 1), logits.log_softmax(-1)


with torch.inference_mode():
    for line in sys.stdin:
        batch, context, steps = map(int, line.split())
        cache = [(torch.zeros(batch, K, context + steps, E), torch.zeros(batch, K, context + steps, E)) for _ in range(L)]
        prompt = torch.randint(0, V, (1, context))
        begun = time.thread_time()
        ids, _ = forward(prompt, 0, cache)
        prefill = time.thread_time() - begun
        for pair in cache:
            for tensor in pair:
                tensor[1:] = tensor[:1]
        ids = ids.expand(batch, 1)
        fastest = float("inf")
        for step in range(steps):
            begun = time.thread_time()
            ids, log_probs = forward(ids, context + step, cache)
            log_probs.gather(1, ids).tolist()
            fastest = min(fastest, time.thread_time() - begun)
        print(fastest, prefill, flush=True)
