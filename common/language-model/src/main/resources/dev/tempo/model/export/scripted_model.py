"""The scripts of one model as loaded from a directory that `tempo export --torchscript` wrote, called as the Java side calls
them."""
import functools
import json
import pathlib

import torch

STORED = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


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


def random_tensors(spec):
    """0.02-normal, as transformers initialises; norms around 1"""
    generator = torch.Generator().manual_seed(1)
    tensors = {}
    for parts in spec["layout"]:
        for part in parts:
            made = torch.randn(part["shape"], generator=generator) * 0.02
            tensors[part["name"]] = made + 1 if "norm" in part["name"] else made
    return tensors


@functools.cache
def loaded(file):
    """A script, compiled as Java does: what its methods call is written into them. Then no profiling, no fusion."""
    # Its own numbers stay with the processor, whatever the device.
    script = torch.jit.load(file, map_location="cpu")
    torch._C._set_graph_executor_optimize(True)
    script.compiled(torch.zeros([]))
    torch._C._set_graph_executor_optimize(False)
    return script


class Model:
    """The scripts with weights; generating, with matrices that lie inputs first in memory, which a cache would copy otherwise."""

    def __init__(self, directory, spec, tensors, device, dtype, generating=False):
        self.spec, self.device, self.dtype = spec, torch.device(device), dtype
        self.script = loaded(pathlib.Path(directory) / "model.pt")
        self.weights = [
            torch.cat([tensors[part["name"]].to(device, dtype) for part in parts]) if len(parts) > 1
            else tensors[parts[0]["name"]].to(device, dtype)
            for parts in spec["layout"]]
        if generating:
            # An embedding that is no head is only looked up.
            tied = self.weights[-1].dim() == 1
            self.weights = [weight.t().contiguous().t() if weight.dim() == 2 and (at > 0 or tied) else weight
                            for at, weight in enumerate(self.weights)]
        tables = stored(pathlib.Path(directory) / "tables.safetensors")
        self.cos, self.sin = (tables[name].to(device) for name in ("cos", "sin"))
        self.narrow_cos, self.narrow_sin = self.cos.to(dtype), self.sin.to(dtype)

    @functools.cached_property
    def inputs_first(self):
        """Weights as passes over a cache take them"""
        return self.script.inputs_first(self.weights)

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
