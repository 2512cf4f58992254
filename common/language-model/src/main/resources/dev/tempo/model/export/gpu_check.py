"""Checks and times the scripts that `tempo export --torchscript DIR --model MODEL` writes, by torch.jit.load in any PyTorch
from 2.1 on, on a processor or a GPU, without Java:

    python3 gpu_check.py DIR [--device cuda] [--types float32,bfloat16] [--weights MODEL]
        [--time] [--batches 1,16,64] [--context 512] [--training 4x1024]

1. examples: what Java computed in float32 (log-probabilities, entropies, greedy decoding from a cache, two optimizer steps),
   if DIR has examples and the model's weights are at hand;
2. placement: forward passes, decoding and gradients on torch's device "meta", which like a GPU refuses tensors of the processor;
3. transformers: log-probabilities of whole sequences, behind prompts and while decoding against Hugging Face's class of the same
   config, in each type, with the model's weights or, where there are none, random ones;
4. with --time: prefill and decode tokens/s and training tokens/s, as ratios to transformers in the same run, and the share of the
   device's matrix-multiply peak, measured in the same run.

What is missing (transformers, weights, a GPU) is said and skipped. Ends with status 1 if a check failed."""
import argparse
import json
import pathlib
import sys

import torch

from against_transformers import check_transformers, hugging_face
from checks import TYPES, check_examples, check_placement, check_training, failed, skip
from scripted_model import Model, random_tensors, stored
from timing import peak, time_inference, time_training


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
    torch.backends.cuda.matmul.allow_tf32 = False
    batch, length = (int(number) for number in arguments.training.split("x"))
    positions = stored(arguments.directory / "tables.safetensors")["cos"].size(1)
    if arguments.time and max(arguments.context + 64, length) > positions:
        sys.exit(f"--context {arguments.context} with 64 tokens more or --training {arguments.training} is longer than the"
                 f" {positions} positions that {arguments.directory / 'tables.safetensors'} has")
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
    check_placement(arguments.directory, spec)
    references = {}
    for type_name in arguments.types.split(","):
        dtype = TYPES[type_name]
        model = Model(arguments.directory, spec, tensors, device, dtype, generating=True)
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
            time_training(arguments.directory, spec, tensors, device, type_name, batch, length, most, theirs)
    print("failed: " + ", ".join(failed) if failed else "all checks that could run are passed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
