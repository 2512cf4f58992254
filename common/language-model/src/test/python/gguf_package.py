"""A GGUF file read by the package gguf of llama.cpp's authors. Argument: the file. A line is answered by a line:
    value KEY      -> as JSON
    tensor NAME    -> its numbers, row by row
"""
import json
import sys

from gguf import GGUFReader

reader = GGUFReader(sys.argv[1])
tensors = {tensor.name: tensor for tensor in reader.tensors}
print("gguf with", len(tensors), "tensors", flush=True)
for line in sys.stdin:
    kind, name = line.split()
    if kind == "value":
        print(json.dumps(reader.fields[name].contents()), flush=True)
    else:
        print(*tensors[name].data.reshape(-1).tolist(), flush=True)
