"""llama.cpp's own library, called in this process by ctypes, with one thread. Times are seconds of this thread's processor
time.

Arguments: the folder of the libraries (as npm's @node-llama-cpp/linux-x64 has them in bins/linux-x64) and a GGUF file. A line
on standard input is answered by a line:
    tokens TEXT                    -> the ids of a text (a JSON string), special tokens by name
    text ID ...                    -> the text of ids, as a JSON string
    ends                           -> the ids that end a response
    logits ID ...                  -> the logits of the token after these
    greedy COUNT ID ...            -> the most probable tokens after these, one after the other
    decode BATCH CONTEXT STEPS     -> of the fastest of so many steps, and of running one prompt of CONTEXT tokens
"""
import ctypes as c
import glob
import json
import os
import sys
import time

FLOAT32, FLASH, PLAIN = 0, 1, 0


class ModelParameters(c.Structure):
    """llama_model_params is shorter than this; what follows its pointers is left as the library sets it."""
    _fields_ = [("all", c.c_byte * 256)]


class ContextParameters(c.Structure):
    """The fields of llama_context_params in the order of 0.5, and room."""
    _fields_ = [(name, c.c_uint32) for name in (
        "n_ctx n_batch n_ubatch n_seq_max n_rs_seq n_outputs_max n_outputs_max_per_seq n_threads n_threads_batch"
        " ctx_type rope_scaling_type pooling_type attention_type flash_attn_type").split()]
    _fields_ += [(name, c.c_float) for name in (
        "rope_freq_base rope_freq_scale yarn_ext_factor yarn_attn_factor yarn_beta_fast yarn_beta_slow").split()]
    _fields_ += [("yarn_orig_ctx", c.c_uint32), ("defrag_thold", c.c_float)]
    _fields_ += [("cb_eval", c.c_void_p), ("cb_eval_user_data", c.c_void_p), ("type_k", c.c_int), ("type_v", c.c_int)]
    _fields_ += [("abort_callback", c.c_void_p), ("abort_callback_data", c.c_void_p)]
    _fields_ += [(name, c.c_bool) for name in "embeddings offload_kqv no_perf op_offload swa_full kv_unified".split()]
    _fields_ += [("room", c.c_byte * 256)]


class Batch(c.Structure):
    _fields_ = [("n_tokens", c.c_int32), ("token", c.POINTER(c.c_int32)), ("embd", c.POINTER(c.c_float)),
                ("pos", c.POINTER(c.c_int32)), ("n_seq_id", c.POINTER(c.c_int32)),
                ("seq_id", c.POINTER(c.POINTER(c.c_int32))), ("logits", c.POINTER(c.c_int8))]


def loaded(folder):
    """The libraries name each other by names with and without a version; each is loaded by the name that is there."""
    for name in ("libggml-base", "libggml", "libllama"):
        found = sorted(glob.glob(os.path.join(folder, name + ".so")) + glob.glob(os.path.join(folder, name + ".v*.so")))
        library = c.CDLL(found[0], mode=c.RTLD_GLOBAL)
        if name == "libggml":
            ggml = library
    return ggml, library


folder, file = sys.argv[1:3]
ggml, llama = loaded(folder)


def function(library, name, result, *arguments):
    found = getattr(library, name)
    found.restype, found.argtypes = result, arguments
    return found


P = c.c_void_p
QUIET = c.CFUNCTYPE(None, c.c_int, c.c_char_p, P)(
    lambda level, text, data: sys.stderr.write(text.decode(errors="replace")) if level == 4 else None)
function(llama, "llama_log_set", None, P, P)(c.cast(QUIET, P), None)
function(ggml, "ggml_backend_load_all_from_path", None, c.c_char_p)(folder.encode())
function(llama, "llama_backend_init", None)()
model = function(llama, "llama_model_load_from_file", P, c.c_char_p, ModelParameters)(
    file.encode(), function(llama, "llama_model_default_params", ModelParameters)())
if not model:
    sys.exit("llama.cpp cannot load " + file)
vocabulary = function(llama, "llama_model_get_vocab", P, P)(model)
V = function(llama, "llama_vocab_n_tokens", c.c_int32, P)(vocabulary)
ends = function(llama, "llama_vocab_is_eog", c.c_bool, P, c.c_int32)
tokenize = function(llama, "llama_tokenize", c.c_int32, P, c.c_char_p, c.c_int32, c.POINTER(c.c_int32), c.c_int32,
                    c.c_bool, c.c_bool)
piece = function(llama, "llama_token_to_piece", c.c_int32, P, c.c_int32, c.c_char_p, c.c_int32, c.c_int32, c.c_bool)
defaults = function(llama, "llama_context_default_params", ContextParameters)
begin = function(llama, "llama_init_from_model", P, P, ContextParameters)
free = function(llama, "llama_free", None, P)
run = function(llama, "llama_decode", c.c_int32, P, Batch)
new_batch = function(llama, "llama_batch_init", Batch, c.c_int32, c.c_int32, c.c_int32)
logits_of = function(llama, "llama_get_logits_ith", c.POINTER(c.c_float), P, c.c_int32)
memory = function(llama, "llama_get_memory", P, P)
share = function(llama, "llama_memory_seq_cp", None, P, c.c_int32, c.c_int32, c.c_int32, c.c_int32)
draw = function(llama, "llama_sampler_sample", c.c_int32, P, P, c.c_int32)
sampler = function(llama, "llama_sampler_init_dist", P, c.c_uint32)(7)
assert (defaults().n_batch, defaults().yarn_ext_factor, defaults().type_k) == (2048, -1, 1), "another llama.cpp than 0.5"


def context(positions, sequences, flash=PLAIN, unified=True, batch=2048):
    chosen = defaults()
    chosen.n_ctx, chosen.n_seq_max = positions, sequences
    chosen.n_batch = chosen.n_ubatch = batch
    chosen.n_threads = chosen.n_threads_batch = 1
    chosen.type_k = chosen.type_v = FLOAT32
    chosen.flash_attn_type, chosen.kv_unified, chosen.offload_kqv = flash, unified, False
    return begin(model, chosen)


def pass_over(of, batch, tokens, positions, sequences, wanted):
    batch.n_tokens = len(tokens)
    for i, token in enumerate(tokens):
        batch.token[i], batch.pos[i], batch.n_seq_id[i] = token, positions[i], 1
        batch.seq_id[i][0], batch.logits[i] = sequences[i], wanted[i]
    status = run(of, batch)
    if status:
        sys.exit("llama_decode gave " + str(status))


def prompt(of, batch, ids):
    pass_over(of, batch, ids, range(len(ids)), [0] * len(ids), [i == len(ids) - 1 for i in range(len(ids))])


def logits(*ids):
    of, batch = context(len(ids) + 1, 1), new_batch(len(ids), 0, 1)
    prompt(of, batch, ids)
    answer = logits_of(of, -1)[:V]
    free(of)
    return answer


def greedy(count, *ids):
    of, batch = context(len(ids) + count + 1, 1), new_batch(len(ids), 0, 1)
    prompt(of, batch, ids)
    drawn = []
    for step in range(count):
        row = logits_of(of, -1)[:V]
        drawn.append(max(range(V), key=row.__getitem__))
        pass_over(of, batch, [drawn[-1]], [len(ids) + step], [0], [True])
    free(of)
    return drawn


def decode(batch, context_length, steps):
    """The fastest of what the library offers: flash attention or not, the prompt's keys shared by all rows or copied."""
    times = [decode_by(batch, context_length, steps, flash, unified)
             for flash in (FLASH, PLAIN) for unified in ((True, False) if batch > 1 else (True,))]
    return min(step for step, _ in times), min(first for _, first in times)


def decode_by(batch, context_length, steps, flash, unified):
    each = context_length + steps + 2
    of = context(context_length + batch * (steps + 2) if unified else batch * each, batch, flash, unified)
    store = new_batch(max(batch, context_length), 0, 1)
    begun = time.thread_time()
    prompt(of, store, [11 + t % 11 for t in range(context_length)])
    tokens = [draw(sampler, of, -1)] * batch
    first = time.thread_time() - begun
    for row in range(1, batch):
        share(memory(of), 0, row, -1, -1)
    fastest = float("inf")
    for step in range(steps):
        begun = time.thread_time()
        pass_over(of, store, tokens, [context_length + step] * batch, range(batch), [True] * batch)
        tokens = [draw(sampler, of, row) for row in range(batch)]
        fastest = min(fastest, time.thread_time() - begun)
    free(of)
    return fastest, first


def tokens(text):
    encoded = text.encode()
    room = (c.c_int32 * (len(encoded) + 8))()
    return room[:tokenize(vocabulary, encoded, len(encoded), room, len(room), False, True)]


def text(*ids):
    pieces = b""
    for i in ids:
        room = c.create_string_buffer(1024)
        length = piece(vocabulary, i, room, 1024, 0, True)
        pieces += room.raw[:length]
    return [json.dumps(pieces.decode(errors="replace"))]


print("llama.cpp from", folder, flush=True)
for line in sys.stdin:
    name, *rest = line.rstrip("\n").split(" ", 1)
    if name == "tokens":
        answer = tokens(json.loads(rest[0]))
    elif name == "ends":
        answer = [i for i in range(V) if ends(vocabulary, i)]
    else:
        answer = {"logits": logits, "greedy": greedy, "decode": decode, "text": text}[name](*map(int, rest[0].split()))
    print(*answer, flush=True)
