"""A Qwen3 in plain PyTorch, written as fast as eager code gets without extensions: fused projections, a preallocated
cache, no gradients while decoding, AdamW over lists of tensors. Where PyTorch has attention and norms as one operation
(2.4 and later), those and plain operations take turns, and the faster ones count. One thread. Random weights: only time is
measured, in seconds of this thread's processor time.

Arguments: hidden layers heads key-value-heads head-dimension intermediate vocabulary. A line on standard input is answered
by a line:
    peak                           -> of one product of two 1024 x 1024 matrices
    decode BATCH CONTEXT STEPS     -> of the fastest of so many steps, and of running one prompt of CONTEXT tokens
    compiled BATCH CONTEXT STEPS   -> of the fastest of so many steps of torch.compile; nothing where there is none
    train BATCH LENGTH STEPS       -> of the fastest of so many policy steps on sequences of which all tokens but one count
"""
import sys
import time

import torch
import torch.nn.functional as F

D, L, H, K, E, I, V = map(int, sys.argv[1:8])
G = H // K
POSITIONS = 4096
FUSED = False
KINDS = (False, True) if hasattr(F, "rms_norm") else (False,)
torch.set_num_threads(1)
torch.manual_seed(1)


def weights(*shape):
    return torch.randn(*shape) * 0.05


embedding = weights(V, D)
layers = [
    (torch.ones(D), weights((H + 2 * K) * E, D), torch.ones(E), torch.ones(E), weights(D, H * E),
     torch.ones(D), weights(2 * I, D), weights(D, I))
    for _ in range(L)
]
final = torch.ones(D)
parameters = [embedding, final] + [w for layer in layers for w in layer]
angles = torch.arange(POSITIONS).float()[:, None] * 10000.0 ** (-torch.arange(E // 2).float() / (E // 2))
COS, SIN = torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1)


def rms(x, weight):
    if FUSED:
        return F.rms_norm(x, weight.shape, weight, 1e-6)
    return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-6) * weight


def rotated(x, cos, sin):
    return x * cos + torch.cat([-x[..., E // 2:], x[..., :E // 2]], -1) * sin


def hidden(ids, start=0, cache=None):
    """[b, t] ids -> [b, t, D] after the final norm."""
    b, t = ids.shape
    cos, sin = COS[start:start + t], SIN[start:start + t]
    mask = None if t == 1 or FUSED else torch.triu(torch.full((t, start + t), float("-inf")), start + 1)
    x = F.embedding(ids, embedding)
    for i, (g1, qkv, gq, gk, wo, g2, up, down) in enumerate(layers):
        y = F.linear(rms(x, g1), qkv).view(b, t, H + 2 * K, E).transpose(1, 2)
        q = rotated(rms(y[:, :H], gq), cos, sin)
        k = rotated(rms(y[:, H:H + K], gk), cos, sin)
        v = y[:, H + K:]
        if cache is not None:
            keys, values = cache[i]
            keys[:b, :, start:start + t] = k
            values[:b, :, start:start + t] = v
            k, v = keys[:b, :, :start + t], values[:b, :, :start + t]
        if FUSED:
            a = F.scaled_dot_product_attention(q, k, v, is_causal=t > 1, enable_gqa=True)
        else:
            s = (q * E ** -0.5).reshape(b, K, G * t, E) @ k.transpose(2, 3)
            if mask is not None:
                s = (s.view(b, K, G, t, -1) + mask).view(b, K, G * t, -1)
            a = (s.softmax(-1) @ v).view(b, H, t, E)
        x = x + F.linear(a.transpose(1, 2).reshape(b, t, H * E), wo)
        gate, other = F.linear(rms(x, g2), up).chunk(2, -1)
        x = x + F.linear(F.silu(gate) * other, down)
    return rms(x, final)


def fastest_kind(measure, *numbers):
    global FUSED
    times = []
    for FUSED in KINDS:
        times.append(measure(*numbers))
    return [min(column) for column in zip(*times)]


def decode(*numbers):
    return fastest_kind(decode_by_kind, *numbers)


def train(*numbers):
    return fastest_kind(train_by_kind, *numbers)


@torch.inference_mode()
def decode_by_kind(batch, context, steps):
    cache = [[torch.zeros(batch, K, context + steps, E) for _ in range(2)] for _ in range(L)]
    prompt = torch.randint(0, V, (1, context))
    begun = time.thread_time()
    ids = sampled(hidden(prompt, 0, cache))[0]
    prefill = time.thread_time() - begun
    for pair in cache:
        for tensor in pair:
            tensor[1:] = tensor[:1]
    ids = ids.expand(batch, 1)
    fastest = float("inf")
    for step in range(steps):
        begun = time.thread_time()
        ids, log_probs = sampled(hidden(ids, context + step, cache))
        log_probs.tolist()
        fastest = min(fastest, time.thread_time() - begun)
    return fastest, prefill


def step_in_place(ids, position, reach, keys, values):
    """One token for each row, with shapes that stay: keys beyond the reach [positions] of the step are masked."""
    b = ids.shape[0]
    cos, sin = COS[position], SIN[position]
    x = F.embedding(ids, embedding)
    for i, (g1, qkv, gq, gk, wo, g2, up, down) in enumerate(layers):
        y = F.linear(rms(x, g1), qkv).view(b, 1, H + 2 * K, E).transpose(1, 2)
        q = rotated(rms(y[:, :H], gq), cos, sin)
        keys[i].index_copy_(2, position, rotated(rms(y[:, H:H + K], gk), cos, sin))
        values[i].index_copy_(2, position, y[:, H + K:])
        s = (q * E ** -0.5).reshape(b, K, G, E) @ keys[i].transpose(2, 3)
        a = ((s + reach).softmax(-1) @ values[i]).view(b, 1, H * E)
        x = x + F.linear(a, wo)
        gate, other = F.linear(rms(x, g2), up).chunk(2, -1)
        x = x + F.linear(F.silu(gate) * other, down)
    return sampled(rms(x, final))


@torch.no_grad()
def compiled(batch, context, steps):
    if not hasattr(torch, "compile"):
        return []
    torch._dynamo.reset()
    step = torch.compile(step_in_place, fullgraph=True, dynamic=False)
    keys, values = ([torch.randn(batch, K, context + steps, E) for _ in range(L)] for _ in range(2))
    ids = torch.zeros(batch, 1, dtype=torch.long)
    reach = torch.full((context + steps,), float("-inf"))
    reach[:context] = 0
    fastest = float("inf")
    for i in range(steps):
        position = torch.tensor([context + i])
        begun = time.thread_time()
        reach[context + i] = 0
        ids, log_probs = step(ids, position, reach, keys, values)
        log_probs.tolist()
        fastest = min(fastest, time.thread_time() - begun)
    return [fastest]


def sampled(x):
    logits = F.linear(x[:, -1], embedding)
    ids = torch.multinomial(logits.softmax(-1), 1)
    return ids, logits.log_softmax(-1).gather(1, ids)


def train_by_kind(batch, length, steps):
    """PPO's clipped surrogate with entropy and clip fraction as statistics, a clipped gradient, AdamW."""
    for w in parameters:
        w.requires_grad_(True)
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, foreach=True)
    ids = torch.randint(0, V, (batch, length))
    old = torch.full((batch * (length - 1),), -2.0)
    advantage = torch.randn(batch * (length - 1))
    fastest = float("inf")
    for _ in range(steps):
        begun = time.thread_time()
        optimizer.zero_grad(set_to_none=True)
        x = hidden(ids[:, :-1]).reshape(-1, D)
        every = F.linear(x, embedding).log_softmax(-1)
        log_probs = every.gather(1, ids[:, 1:].reshape(-1, 1)).squeeze(1)
        ratio = torch.exp((log_probs - old).clamp(-20, 20))
        free, clipped = -advantage * ratio, -advantage * ratio.clamp(0.8, 1.2)
        loss = torch.maximum(free, clipped).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        with torch.no_grad():
            entropy = -(every.exp() * every).sum(-1).mean()
            torch.stack([loss, entropy, (clipped > free).float().mean(), (old - log_probs).mean()]).tolist()
        fastest = min(fastest, time.thread_time() - begun)
    for w in parameters:
        w.grad = None
        w.requires_grad_(False)
    return [fastest]


def peak():
    a = torch.randn(1024, 1024)
    fastest = float("inf")
    for _ in range(10):
        begun = time.thread_time()
        a @ a
        fastest = min(fastest, time.thread_time() - begun)
    return [fastest]


print("torch", torch.__version__, flush=True)
for line in sys.stdin:
    name, *numbers = line.split()
    print(*{"peak": peak, "decode": decode, "compiled": compiled, "train": train}[name](*map(int, numbers)), flush=True)
