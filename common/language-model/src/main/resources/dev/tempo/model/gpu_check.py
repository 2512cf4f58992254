"""Checks and times the scripts that `tempo export --torchscript DIR --model MODEL` writes, by torch.jit.load in any PyTorch
from 2.1 on, on a processor or a GPU, without Java:

    python3 gpu_check.py DIR [--device cuda] [--types float32,bfloat16] [--weights MODEL] [--time] [--batches 1,16,64] [--context 512]

1. examples: what Java computed in float32 (log-probabilities, entropies, greedy decoding from a cache, two optimizer steps),
   if DIR has examples and the model's weights are at hand;
2. placement: every script on torch's device "meta", which like a GPU refuses tensors of the processor;
3. transformers: log-probabilities of whole sequences, behind a prefill and while decoding against Hugging Face's class of the same
   config, in each type, with the model's weights or, where there are none, random ones;
4. with --time: prefill and decode tokens/s and training tokens/s, as ratios to transformers in the same run, and the share of the
   device's matrix-multiply peak, measured in the same run.

What is missing (transformers, weights, a GPU) is said and skipped. Ends with status 1 if a check failed."""
import argparse
import json
import math
import pathlib
import sys
import time

import torch

TYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
STORED = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
# Differences of log-probabilities, relative where those are below -1, from float32: the largest and the mean.
TOLERANCE = {"float32": 2e-3, "bfloat16": 0.25}
MEAN_TOLERANCE = {"float32": 2e-4, "bfloat16": 0.03}
# bfloat16 has 8 significant bits. Against transformers: how much farther from float32 than its own bfloat16 one may be.
FARTHER = 2
failed = []


def report(name, good, text):
    print(f"{'ok     ' if good else 'FAILED '} {name:28} {text}", flush=True)
    if not good:
        failed.append(name)


def skip(name, text):
    print(f"skipped {name:28} {text}", flush=True)


def stored(file):
    """Tensors of a safetensors file, mapped."""
    with open(file, "rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        header = json.loads(opened.read(length))
    mapped = torch.from_file(str(file), shared=False, size=file.stat().st_size, dtype=torch.uint8)
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            # A copy, for numbers need not lie at a multiple of their size.
            tensors[name] = mapped[begin:end].clone().view(STORED[entry["dtype"]]).view(entry["shape"])
    return tensors


class Model:
    """The scripts with weights, as the Java side calls them."""

    def __init__(self, directory, spec, tensors, device, dtype):
        self.spec, self.device, self.dtype = spec, device, dtype
        self.script = torch.jit.load(directory / "model.pt", map_location=device)
        self.weights = [
            torch.cat([tensors[part["name"]].to(device, dtype) for part in parts]) if len(parts) > 1
            else tensors[parts[0]["name"]].to(device, dtype)
            for parts in spec["layout"]]
        tables = stored(directory / "tables.safetensors")
        self.cos, self.sin = (tables[name].to(device) for name in ("cos", "sin"))
        self.narrow_cos, self.narrow_sin = self.cos.to(dtype), self.sin.to(dtype)

    def log_probs(self, ids, prompt):
        """[B, T] -> log-probabilities of the tokens behind the prompt, [B, T - prompt]"""
        b, t = ids.shape
        rows = (torch.arange(b, device=ids.device)[:, None] * (t - 1) + torch.arange(prompt - 1, t - 1, device=ids.device)).view(-1)
        found = self.script.log_probs(
            ids[:, :-1].contiguous(), rows, ids[:, prompt:].reshape(-1), self.weights, self.narrow_cos, self.narrow_sin, 1024)
        return found.view(b, -1)

    def logits(self, ids):
        b, t = ids.shape
        rows = torch.arange(b * t, device=ids.device)
        return self.script.logits_at(ids, rows, self.weights, self.narrow_cos, self.narrow_sin).view(b, t, -1)

    def cache(self, rows, capacity):
        s = self.spec
        cells = rows * s["key_value_heads"] * capacity
        pool = torch.zeros(s["layers"], 2, cells + s["key_value_heads"], s["head_dim"], dtype=self.dtype, device=self.device)
        return Cache(self, pool, rows, capacity)


class Cache:
    def __init__(self, model, pool, rows, capacity):
        self.model, self.pool, self.rows, self.capacity, self.length = model, pool, rows, capacity, 0
        self.block = model.spec["key_value_heads"] * capacity
        self.norms = model.script.all_head_norms(model.weights)

    def tokens(self, ids, rows):
        """ids [rows, t] of the first rows at the next positions, as the scripts take them: [5, rows * t]"""
        t = ids.size(1)
        position = torch.arange(self.length, self.length + t, device=ids.device).repeat(rows)
        first = torch.arange(rows, device=ids.device).repeat_interleave(t) * self.block
        return torch.stack([ids.reshape(-1), position, torch.zeros_like(position), first + position,
                            torch.full_like(position, self.capacity)])

    def prefill(self, ids):
        """The same prompts [rows, t], in chunks of 256 positions -> hidden states behind them"""
        m = self.model
        for start in range(0, ids.size(1), 256):
            part = ids[:, start:start + 256]
            t = part.size(1)
            spans = [self.rows, t, 0, self.capacity, self.length + 1, self.length + t]
            last = torch.arange(1, self.rows + 1, device=ids.device) * t - 1
            hidden = m.script.prefill(self.pool, self.tokens(part, self.rows), spans, last, m.weights, self.norms,
                                      m.narrow_cos, m.narrow_sin)
            self.length += t
        return hidden

    def draws(self, rows, temperature, forced=None):
        draws = torch.zeros(6, rows, dtype=torch.float64, device=self.pool.device)
        draws[0] = torch.rand(rows, dtype=torch.float64, device=self.pool.device)
        draws[1], draws[2], draws[4] = -1 if forced is None else forced, temperature, 1
        return draws

    def begin(self, hidden, blocked=-1, temperature=0.0):
        rows = torch.arange(self.rows, device=self.pool.device)
        return self.model.script.begin(hidden, rows, self.draws(self.rows, temperature), blocked, 1024, 0, temperature == 0,
                                       self.model.weights)

    def step(self, ids, blocked=-1, temperature=0.0, forced=None):
        """ids [rows] -> [3, rows]: next ids, their log-probabilities, those under what they were drawn from"""
        m = self.model
        spans = [self.rows, 1, 0, self.capacity, self.length + 1, self.length + 1]
        drawn = m.script.decode(self.pool, self.tokens(ids.view(-1, 1), self.rows), spans, self.draws(self.rows, temperature, forced),
                                blocked, 1024, 0, temperature == 0, m.weights, self.norms, m.narrow_cos, m.narrow_sin)
        self.length += 1
        return drawn


def difference(found, expected):
    error = (found.double().cpu() - expected.double().cpu()).abs() / expected.double().cpu().abs().clamp(min=1)
    return error.max().item(), error.mean().item()


def check_close(name, found, expected, type_name):
    largest, mean = difference(found, expected)
    report(f"{name} {type_name}", largest <= TOLERANCE[type_name] and mean <= MEAN_TOLERANCE[type_name],
           f"largest difference {largest:.2g}, mean {mean:.2g}")


def check_farther(name, found, theirs, reference):
    """Both in a narrow type, against float32"""
    ours, them = difference(found, reference)[1], difference(theirs, reference)[1]
    report(f"{name} bfloat16", ours <= FARTHER * them + 1e-4,
           f"mean difference from float32 {ours:.2g}, of transformers' bfloat16 {them:.2g}")


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
    cache = model.cache(len(responses), prompts.size(1) + length)
    drawn = cache.begin(cache.prefill(prompts), generation["blocked"])
    same, errors = 0, []
    for t in range(length):
        for row, response in enumerate(responses):
            if t < len(response):
                if int(drawn[0, row]) == response[t]:
                    same += 1
                    errors.append(abs(float(drawn[1, row]) - expected[row][t]))
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
            model = Model(directory, spec, shapes, "meta", TYPES[type_name])
            lengths = (12, min(96, model.cos.size(1)))
            for t in lengths:
                ids = torch.zeros(8, t, dtype=torch.int64, device="meta")
                assert model.log_probs(ids, 3).device.type == "meta"
                cache = model.cache(8, 2 * t)
                assert cache.prefill(ids).device.type == "meta"
                assert cache.step(ids[:, 0]).device.type == "meta"
            p = [torch.empty_like(weight, dtype=torch.float32) for weight in model.weights]
            g = [torch.empty_like(weight) for weight in p]
            rows = torch.zeros(16, dtype=torch.int64, device="meta")
            settings = torch.tensor([1e-3, .9, .95, .01, 1, 1, .2, .2, 8], dtype=torch.float64)
            plan = torch.tensor([0, 6 if type_name == "float32" else 15, 1024], dtype=torch.float64)
            for t in lengths:
                ids = torch.zeros(8, t, dtype=torch.int64, device="meta")
                found = model.script.policy_gradient(ids, rows, rows, rows, torch.empty(4, 16, device="meta"), p, p, g, model.cos,
                                                     model.sin, torch.zeros(0, 2, dtype=torch.int64), plan, settings)
                assert found.device.type == "meta"
            report(f"placement {type_name}", True, "forward, prefill and gradients make their tensors where their inputs are")
    except (RuntimeError, NotImplementedError) as refused:
        lines = [line for line in str(refused).splitlines() if "Error: " in line]
        report("placement", False, lines[0] if lines else str(refused))


def hugging_face(directory, spec, tensors, device, dtype):
    """transformers' model of the same config with the same weights, or None"""
    try:
        import transformers
    except ImportError as missing:
        skip("transformers", str(missing))
        return None
    config = transformers.AutoConfig.from_pretrained(directory)
    with torch.device("meta"):
        model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="sdpa")
    missing, unexpected = model.load_state_dict(
        {name: tensor.to(device, dtype) for name, tensor in tensors.items()}, strict=False, assign=True)
    assert not unexpected and all("lm_head" in name for name in missing), (missing, unexpected)
    model.tie_weights()
    for name, module in list(model.named_modules()):
        if any("inv_freq" in buffer for buffer, _ in module.named_buffers(recurse=False)):
            # Made anew where it is needed; its frequencies stay in float32, as they do in a loaded model.
            setattr(model.get_submodule(name.rpartition(".")[0]), name.rpartition(".")[2], type(module)(config, device=device))
    for parameter in model.parameters():
        parameter.requires_grad_(True)
    return model.eval()


def random_tensors(spec):
    """0.02-normal, as transformers initialises; norms around 1"""
    generator = torch.Generator().manual_seed(1)
    tensors = {}
    for parts in spec["layout"]:
        for part in parts:
            made = torch.randn(part["shape"], generator=generator) * 0.02
            tensors[part["name"]] = made + 1 if "norm" in part["name"] else made
    return tensors


def check_transformers(model, theirs, type_name, references):
    """references: what float32 gave, filled in by it"""
    length = min(96, model.cos.size(1))
    ids = torch.randint(2, model.spec["vocabulary"], (16, length), generator=torch.Generator().manual_seed(2)).to(model.device)
    prompt = length // 3
    with torch.no_grad():
        log = theirs(ids).logits.float().log_softmax(-1)
        expected = log[:, prompt - 1:-1].gather(-1, ids[:, prompt:, None]).squeeze(-1)
        chosen = []
        compared = {"log-probs": (model.log_probs(ids, prompt), expected)}
        cache = model.cache(16, length)
        hidden = cache.prefill(ids[:, :prompt])
        behind = model.script.logits(hidden, model.weights).log_softmax(-1)
        compared["prefill"] = (behind, log[:, prompt - 1])
        drawn, expected = [], []
        for t in range(prompt, length):
            # What is written next is given; which token is drawn, and compared, float32 has said.
            step = cache.step(ids[:, t], forced=references["drawn"][t - prompt] if "drawn" in references else None)
            chosen.append(step[0].long())
            drawn.append(step[1])
            expected.append(log[:, t].gather(-1, chosen[-1][:, None]).squeeze(-1))
        compared["decoding"] = (torch.stack(drawn), torch.stack(expected))
        references.setdefault("drawn", chosen)
        for name, (found, of) in compared.items():
            if type_name == "float32":
                check_close(f"transformers: {name}", found, of, type_name)
                references[name] = of
            elif name in references:
                check_farther(f"transformers: {name}", found, of, references[name])
            else:
                check_close(f"transformers: {name}", found, of, type_name)


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
        ours_prefill = seconds(device, lambda: model.cache(batch, context + 64).prefill(ids))
        cache = model.cache(batch, context + 64)
        cache.prefill(ids)

        def decode():
            cache.length = context
            last = ids[:, -1]
            for _ in range(32):
                last = cache.step(last, -1, 1.0)[0].long()
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--types", default="float32,bfloat16")
    parser.add_argument("--weights", type=pathlib.Path, help="the model's directory (default: where it was)")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--batches", default="1,16,64")
    parser.add_argument("--context", type=int, default=512)
    parser.add_argument("--training", default="4x1024", help="sequences x tokens of a step that is timed")
    arguments = parser.parse_args()
    version = tuple(int(part) for part in torch.__version__.split("+")[0].split(".")[:2])
    print(f"PyTorch {torch.__version__} on {arguments.device}")
    if version < (2, 1):
        sys.exit("the scripts use operations of PyTorch 2.1 and later")
    device = torch.device(arguments.device)
    # As the Java side runs them: no profiling, no fusion.
    torch._C._set_graph_executor_optimize(False)
    torch.backends.cuda.matmul.allow_tf32 = False
    spec = json.loads((arguments.directory / "examples.json").read_text())
    weights = arguments.weights or pathlib.Path(spec["model"])
    files = sorted(weights.glob("model*.safetensors")) if weights.is_dir() else []
    tensors = {}
    for file in files:
        tensors.update(stored(file))
    names = {part["name"] for parts in spec["layout"] for part in parts}
    tensors = {name: tensor for name, tensor in tensors.items() if name in names}
    if not tensors:
        skip("examples", f"{weights} has no weights; random ones are taken")
        tensors = random_tensors(spec)
    with torch.no_grad():
        check_placement_grad(arguments.directory, spec)
    references = {}
    for type_name in arguments.types.split(","):
        dtype = TYPES[type_name]
        model = Model(arguments.directory, spec, tensors, device, dtype)
        if files and "examples" in spec:
            with torch.no_grad():
                check_examples(model, type_name, spec["examples"])
            if type_name == "float32" and "training" in spec["examples"]:
                check_training(arguments.directory, spec, tensors, device, spec["examples"]["training"])
        theirs = hugging_face(arguments.directory, spec, tensors, device, dtype)
        if theirs is not None:
            check_transformers(model, theirs, type_name, references)
        if arguments.time:
            most = peak(device, dtype)
            print(f"time    {type_name}: peak of matrix products {most / 1e12:.2f} TFLOP/s")
            with torch.no_grad():
                time_inference(model, theirs, type_name, [int(b) for b in arguments.batches.split(",")], arguments.context, most)
            del model
            batch, length = (int(number) for number in arguments.training.split("x"))
            time_training(arguments.directory, spec, tensors, device, type_name, batch, length, most, theirs)
    print("failed: " + ", ".join(failed) if failed else "all checks that could run are passed")
    sys.exit(1 if failed else 0)


def check_placement_grad(directory, spec):
    with torch.enable_grad():
        check_placement(directory, spec)


if __name__ == "__main__":
    main()
