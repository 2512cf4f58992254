"""A model's directory in transformers. Argument: the directory. A line of JSON is answered by a line of JSON:
    {"text": TEXT}                     -> the ids of a text
    {"user": TEXT}                     -> the text that asks it by the chat template
    {"continue": TEXT, "tokens": N}    -> the ids of the greedy continuation; null where there is no torch
"""
import json
import sys

import transformers
from transformers import AutoConfig, AutoTokenizer

transformers.logging.set_verbosity_error()
directory = sys.argv[1]
tokenizer = AutoTokenizer.from_pretrained(directory)
config = AutoConfig.from_pretrained(directory)
if config.eos_token_id != tokenizer.eos_token_id or config.vocab_size != len(tokenizer):
    sys.exit("config and tokenizer are of different models")
model = None
if transformers.utils.is_torch_available():
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(directory).eval()


def continued(text, tokens):
    if model is None:
        return None
    import torch

    inputs = tokenizer(text, return_tensors="pt")
    with torch.no_grad():
        ids = model.generate(**inputs, do_sample=False, max_new_tokens=tokens)
    return ids[0, inputs["input_ids"].shape[1]:].tolist()


print("transformers", transformers.__version__, "with torch" if model else "without torch", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if "text" in asked:
        answer = tokenizer(asked["text"])["input_ids"]
    elif "user" in asked:
        messages = [{"role": "user", "content": asked["user"]}]
        answer = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    else:
        answer = continued(asked["continue"], asked["tokens"])
    print(json.dumps(answer), flush=True)
