// A judge of its own: node judge.js BROKER DOMAIN. It judges the trajectories of one domain and is that domain's one writer.
import { Kafka, logLevel } from 'kafkajs';

const [broker, domain] = process.argv.slice(2);
const kafka = new Kafka({ brokers: [broker], clientId: 'length-judge', logLevel: logLevel.ERROR });
const roads = { 'labeled-trajectories': 'labeled-answers', 'evaluation-trajectories': 'evaluation-answers' };
const answers = new Map();
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function judge(answer, trajectory) {
  const verdict = { judge: 'length', version: '1', stage: 'length', latencyMillis: 0 };
  if (trajectory.stopReason === 'failed') return { ...verdict, outcome: 'undecided', reason: trajectory.failure };
  const correct = trajectory.stopReason === 'end' && trajectory.response.length === Number(answer.answer);
  const reason = `${trajectory.response.length} characters, wanted ${answer.answer}`;
  return { ...verdict, outcome: correct ? 'correct' : 'wrong', reward: correct ? 1 : 0, answer: trajectory.response, reason };
}

// Answers are read whole by every process that judges: a group of its own, from the beginning.
const reader = kafka.consumer({ groupId: `length-judge-${process.pid}-${Date.now()}` });
await reader.connect();
await reader.subscribe({ topics: Object.values(roads), fromBeginning: true });
await reader.run({ eachMessage: async ({ topic, message }) => {
  answers.set(`${topic}/${message.key}`, JSON.parse(message.value));
} });

const producer = kafka.producer();
await producer.connect();
const worker = kafka.consumer({ groupId: 'length-judge' });
await worker.connect();
await worker.subscribe({ topics: Object.keys(roads), fromBeginning: true });
await worker.run({ eachMessage: async ({ topic, message, heartbeat }) => {
  const trajectory = JSON.parse(message.value);
  if (trajectory.domain !== domain) return;
  const { run, question } = trajectory.id.request;
  const key = `${roads[topic]}/${run}/${question}`;
  while (!answers.has(key)) { await wait(200); await heartbeat(); }
  const judged = { trajectory, verdict: judge(answers.get(key), trajectory) };
  await producer.send({ topic: `judged-${topic}`, acks: -1, messages: [{ key: run, value: JSON.stringify(judged) }] });
} });
