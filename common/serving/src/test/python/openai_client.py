"""OpenAI's own client for Python against an endpoint that is there.

    python3 -m venv venv && venv/bin/pip install openai
    ./tempo serve MODEL --name words
    venv/bin/python common/serving/src/test/python/openai_client.py http://127.0.0.1:8000/v1 words

MODEL needs a chat template. It fails with an AssertionError where the endpoint is not what the client expects, and ends with a line that
says how many checks held.
"""
import sys

import openai

BASE, MODEL = sys.argv[1], sys.argv[2]
KEY = sys.argv[3] if len(sys.argv) > 3 else "none"
client = openai.OpenAI(base_url=BASE, api_key=KEY, max_retries=0)
HELLO = dict(model=MODEL, messages=[{"role": "user", "content": "What is 3 + 4?"}], max_completion_tokens=24, seed=5)
checks = 0


def check(holds, what):
    global checks
    assert holds, what
    checks += 1


def refused(kind, param, **fields):
    try:
        client.chat.completions.create(**{**HELLO, **fields})
    except kind as error:
        check(error.param == param, f"param of {fields} is {error.param}")
        return
    raise AssertionError(f"{fields} was not refused")


check(MODEL in [model.id for model in client.models.list()], "the model is listed")
check(client.models.retrieve(MODEL).object == "model", "a model is retrieved")

chat = client.chat.completions.create(**HELLO, n=2, logprobs=True, top_logprobs=3, temperature=0.8, top_p=0.9,
                                      extra_body={"top_k": 20, "min_p": 0.01})
check(len(chat.choices) == 2 and chat.choices[0].finish_reason in ("stop", "length"), "choices")
check(chat.system_fingerprint, "fingerprint")
tokens = chat.choices[0].logprobs.content
check(all(token.logprob <= 0 and len(token.top_logprobs) == 3 for token in tokens), "log-probabilities")
again = client.chat.completions.create(**HELLO, n=2, logprobs=True, top_logprobs=3, temperature=0.8, top_p=0.9,
                                       extra_body={"top_k": 20, "min_p": 0.01})
check([choice.model_dump() for choice in chat.choices] == [choice.model_dump() for choice in again.choices], "same seed, same answers")

whole = client.chat.completions.create(**HELLO).choices[0].message.content
streamed, usage = "", None
for chunk in client.chat.completions.create(**HELLO, stream=True, stream_options={"include_usage": True}):
    usage = chunk.usage or usage
    for choice in chunk.choices:
        streamed += choice.delta.content or ""
check(streamed == whole, "a stream comes to the whole answer")
check(usage.completion_tokens > 0 and usage.total_tokens == usage.prompt_tokens + usage.completion_tokens, "usage")

text = client.completions.create(model=MODEL, prompt=["one", "two"], n=2, max_tokens=8, logprobs=1, seed=1)
check(len(text.choices) == 4, "completions")
tools = [{"type": "function", "function": {"name": "add", "parameters": {"type": "object", "properties": {}}}}]
check(client.chat.completions.create(**HELLO, tools=tools).choices, "tools")

refused(openai.NotFoundError, "model", model="no-such-model")
refused(openai.BadRequestError, "temperature", temperature=3)
refused(openai.BadRequestError, "presence_penalty", presence_penalty=1)
refused(openai.BadRequestError, "response_format", response_format={"type": "json_object"})
refused(openai.BadRequestError, "mirostat", extra_body={"mirostat": 2})
refused(openai.BadRequestError, "messages[0].content[0].type",
        messages=[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}])
print(f"openai {openai.__version__}: {checks} checks held")
