"""The scripts against Hugging Face's class of the same config."""
import torch

from checks import check_close, difference, report, skip
from scripted_cache import Cache

# bfloat16 has 8 significant bits. Against transformers: how much farther from float32 than its own bfloat16 one may be.
FARTHER = 2


def check_farther(name, found, theirs, reference):
    """Both in a narrow type, against float32"""
    ours, them = difference(found, reference)[1], difference(theirs, reference)[1]
    report(f"{name} bfloat16", ours <= FARTHER * them + 1e-4,
           f"mean difference from float32 {ours:.2g}, of transformers' bfloat16 {them:.2g}")


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
    # Copies, for timing trains it.
    missing, unexpected = model.load_state_dict(
        {name: tensor.to(device, dtype, copy=True) for name, tensor in tensors.items()}, strict=False, assign=True)
    assert not unexpected and all("lm_head" in name for name in missing), (missing, unexpected)
    model.tie_weights()
    for name, module in list(model.named_modules()):
        if any("inv_freq" in buffer for buffer, _ in module.named_buffers(recurse=False)):
            # Made anew where it is needed; its frequencies stay in float32, as they do in a loaded model.
            setattr(model.get_submodule(name.rpartition(".")[0]), name.rpartition(".")[2], type(module)(config, device=device))
    for parameter in model.parameters():
        parameter.requires_grad_(True)
    return model.eval()


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
        cache = Cache(model, 16, length)
        hidden = cache.prefill(ids[:, :prompt])
        behind = model.script.logits(hidden, model.weights).log_softmax(-1)
        compared["prefill"] = (behind, log[:, prompt - 1])
        # Prompts that are more than one pass takes, of each and of all
        size = (5, min(300, model.cos.size(1)))
        long = torch.randint(2, model.spec["vocabulary"], size, generator=torch.Generator().manual_seed(3)).to(model.device)
        behind = model.script.logits(Cache(model, *long.shape).prefill(long), model.weights).log_softmax(-1)
        compared["long prefill"] = (behind, theirs(long, logits_to_keep=1).logits[:, 0].float().log_softmax(-1))
        drawn, expected = [], []
        for t in range(prompt, length):
            # What is written next is given; which token is drawn, and compared, float32 has said.
            step = cache.step(ids[:, t], forced=references["drawn"][t - prompt] if "drawn" in references else None)
            chosen.append(step[:, 0].long())
            drawn.append(step[:, 1])
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
