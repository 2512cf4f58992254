// OpenAI's own client for Node against an endpoint that is there:
//
//     npm install openai
//     ./tempo serve MODEL --name words
//     node common/serving/src/test/node/openai_client.mjs http://127.0.0.1:8000/v1 words
//
// MODEL needs a chat template. It fails where the endpoint is not what the client expects, and ends with a line that says how many
// checks held. The package is looked for from the directory in which it is called.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/`);
const { default: OpenAI } = require('openai');
const [baseURL, model, apiKey = 'none'] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const hello = { model, messages: [{ role: 'user', content: 'What is 3 + 4?' }], max_completion_tokens: 24, seed: 5 };
let checks = 0;
const check = (holds, what) => {
  assert.ok(holds, what);
  checks += 1;
};
const refused = async (status, param, fields) => {
  try {
    await client.chat.completions.create({ ...hello, ...fields });
  } catch (error) {
    check(error.status === status && error.param === param, `${JSON.stringify(fields)}: ${error.status} ${error.param}`);
    return;
  }
  assert.fail(`${JSON.stringify(fields)} was not refused`);
};

check((await client.models.list()).data.some((listed) => listed.id === model), 'the model is listed');
const drawn = { ...hello, n: 2, logprobs: true, top_logprobs: 3, temperature: 0.8, top_p: 0.9, top_k: 20, min_p: 0.01 };
const chat = await client.chat.completions.create(drawn);
check(chat.choices.length === 2 && chat.system_fingerprint, 'choices');
check(chat.choices[0].logprobs.content.every((token) => token.logprob <= 0 && token.top_logprobs.length === 3), 'log-probabilities');
assert.deepEqual((await client.chat.completions.create(drawn)).choices, chat.choices);
checks += 1;

const whole = (await client.chat.completions.create(hello)).choices[0].message.content;
let streamed = '';
let usage = null;
for await (const chunk of await client.chat.completions.create({ ...hello, stream: true, stream_options: { include_usage: true } })) {
  usage = chunk.usage ?? usage;
  streamed += chunk.choices[0]?.delta?.content ?? '';
}
check(streamed === whole, 'a stream comes to the whole answer');
check(usage.completion_tokens > 0, 'usage');
const text = await client.completions.create({ model, prompt: ['one', 'two'], n: 2, max_tokens: 8, logprobs: 1, seed: 1 });
check(text.choices.length === 4, 'completions');

const stopped = await client.chat.completions.create({ ...hello, max_completion_tokens: 1000, stream: true });
for await (const chunk of stopped) {
  check(chunk.id, 'a stream may be left');
  break;
}

await refused(404, 'model', { model: 'no-such-model' });
await refused(400, 'temperature', { temperature: 3 });
await refused(400, 'mirostat', { mirostat: 2 });
console.log(`openai of npm: ${checks} checks held`);
