// node judge.js BROKER DOMAIN: judges the trajectories of one domain, alone: it is that domain's one writer.
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';

const [broker, domain] = process.argv.slice(2);
const common = { clientId: 'length-judge', bootstrapBrokers: [broker] };
const answersOf = { 'labeled-trajectories': 'labeled-answers', 'evaluation-trajectories': 'evaluation-answers' };
const answers = new Map();

function judge(trajectory, answer) {
  const verdict = { judge: 'length', version: '1', stage: 'length', latencyMillis: 0 };
  if (trajectory.stopReason === 'failed') return { ...verdict, outcome: 'undecided', reason: trajectory.failure };
  const { length } = trajectory.response;
  const correct = trajectory.stopReason === 'end' && length === Number(answer.answer);
  const outcome = correct ? 'correct' : 'wrong';
  return { ...verdict, outcome, reward: correct ? 1 : 0, reason: `${length} characters, wanted ${answer.answer}` };
}

function consume(groupId, topics, options) {
  const consumer = new Consumer({ ...common, groupId, deserializers: stringDeserializers });
  return consumer.consume({ topics, autocommit: false, ...options });
}

// Every judging process reads all answers: a group of its own, from the beginning.
async function readAnswers() {
  const all = await consume(`length-judge-${process.pid}-${Date.now()}`, Object.values(answersOf), { mode: 'earliest' });
  for await (const { topic, key, value } of all) answers.set(`${topic}/${key}`, JSON.parse(value));
}

async function judgeTrajectories() {
  const producer = new Producer({ ...common, serializers: stringSerializers });
  const some = await consume('length-judge', Object.keys(answersOf), { mode: 'committed', fallbackMode: 'earliest' });
  for await (const message of some) {
    const trajectory = JSON.parse(message.value);
    if (trajectory.domain === domain) {
      const { run, question } = trajectory.id.request;
      const key = `${answersOf[message.topic]}/${run}/${question}`;
      while (!answers.has(key)) await new Promise((resolve) => setTimeout(resolve, 100));
      const value = JSON.stringify({ trajectory, verdict: judge(trajectory, answers.get(key)) });
      await producer.send({ acks: -1, messages: [{ topic: `judged-${message.topic}`, key: run, value }] });
    }
    await message.commit();
  }
}

await Promise.all([readAnswers(), judgeTrajectories()]);
