// node judge.js BROKER DOMAIN: judges the trajectories of one domain, alone: it is that domain's one writer.
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';

const [broker, domain] = process.argv.slice(2);
const common = { clientId: 'length-judge', bootstrapBrokers: [broker], retries: 0, timeout: 30_000 };
const answersOf = { 'labeled-trajectories': 'labeled-answers', 'evaluation-trajectories': 'evaluation-answers' };
const answers = new Map();
const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

function judge(trajectory, answer) {
  const verdict = { judge: 'length', version: '1', stage: 'length' };
  if (trajectory.stopReason === 'failed') return { ...verdict, outcome: 'undecided', reason: trajectory.failure };
  const { length } = trajectory.response;
  const correct = trajectory.stopReason === 'end' && length === Number(answer.answer);
  const outcome = correct ? 'correct' : 'wrong';
  return { ...verdict, outcome, reward: correct ? 1 : 0, reason: `${length} characters, wanted ${answer.answer}` };
}

// Reads topics as long as this process lives; waits for a broker that is not there, or gone.
async function read(groupId, topics, options, reader) {
  for (let reading = true; ; await sleep(1000)) {
    const consumer = new Consumer({ ...common, groupId, sessionTimeout: 10_000, deserializers: stringDeserializers });
    try {
      const stream = await consumer.consume({ topics, autocommit: false, ...options });
      console.log(`reading ${topics.join(' and ')} at ${broker}`);
      reading = true;
      const take = reader(stream, consumer);
      for await (const message of stream) await take(message);
    } catch (problem) {
      if (reading) console.log(`waiting for ${topics.join(' and ')} at ${broker}: ${problem.message}`);
      reading = false;
    }
    await Promise.race([consumer.close(true).catch(() => {}), sleep(5000)]);
  }
}

// Every judging process reads all answers: a group of its own, from the beginning.
function readAnswers() {
  const group = `length-judge-answers-${process.pid}-${Date.now()}`;
  return read(group, Object.values(answersOf), { mode: 'earliest' }, () => ({ topic, key, value }) => {
    answers.set(`${topic}/${key}`, JSON.parse(value));
  });
}

// The verdict travels with the trajectory as it came, to the letter.
async function judged({ topic, value }) {
  const trajectory = JSON.parse(value);
  if (trajectory.domain !== domain) return [];
  const { run, question } = trajectory.id.request;
  const key = `${answersOf[topic]}/${run}/${question}`;
  while (!answers.has(key)) await sleep(100);
  const verdict = JSON.stringify(judge(trajectory, answers.get(key)));
  return [{ topic: `judged-${topic}`, key: run, value: `{"trajectory":${value},"verdict":${verdict}}` }];
}

// Writes the verdicts of a batch, then commits how far it read: after a crash that batch is judged again, nothing is lost.
function judgeTrajectories() {
  const producer = new Producer({ ...common, retries: 3, serializers: stringSerializers });
  const options = { mode: 'committed', fallbackMode: 'earliest' };
  return read(`length-judge-${domain}`, Object.keys(answersOf), options, (stream, consumer) => {
    let [verdicts, next] = [[], new Map()];
    return async (message) => {
      const { topic, partition, offset } = message;
      verdicts.push(...(await judged(message)));
      next.set(`${topic}/${partition}`, { topic, partition, offset: offset + 1n, leaderEpoch: -1 });
      if (stream.readableLength > 0 && verdicts.length < 500) return;
      if (verdicts.length > 0) await producer.send({ acks: -1, messages: verdicts });
      await consumer.commit({ offsets: [...next.values()] });
      [verdicts, next] = [[], new Map()];
    };
  });
}

await Promise.all([readAnswers(), judgeTrajectories()]);
