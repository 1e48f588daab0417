// Two clients nobody here wrote talk to the simulator at argv[2] (http://host:port/v1).
// Prints "ok <name>: <what was checked>" per client; any error event, unparsable event or missing answer ends with exit code 1.
import net from 'node:net';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { z } from 'zod';

const endpoint = process.argv[2];
const model = 'gpt-realtime-2.1-mini';
const limitMs = 30_000;

// The package does not export its schemas, but a file can be imported by its address: they show whether an event is only
// tolerated or really understood.
const schemas = await import(
  pathToFileURL(path.resolve(import.meta.dirname, 'node_modules/@openai/agents-realtime/dist/openaiRealtimeEvents.mjs')));

function check(holds, sentence) {
  if (!holds) {
    throw new Error(sentence);
  }
}

function tone(ms) {
  const samples = new Int16Array(ms * 24);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = Math.round(9000 * Math.sin(i * 0.08));
  }
  return samples;
}

function base64(samples) {
  return Buffer.from(samples.buffer).toString('base64');
}

// Collects events and lets a step wait for the next one of a type.
class Events {
  seen = [];
  waiting = [];

  add(event) {
    this.seen.push(event.type);
    this.waiting = this.waiting.filter(({ type, resolve }) => type !== event.type || resolve(event));
  }

  next(type) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`waited for ${type}; seen: ${this.seen.join(' ')}`)), limitMs);
      this.waiting.push({ type, resolve: (event) => { clearTimeout(timer); resolve(event); return false; } });
    });
  }
}

async function openaiPackage() {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: endpoint });
  const models = await client.models.list();
  check(models.data.some((known) => known.id === model), 'the model is not listed');
  const secret = await client.realtime.clientSecrets.create({ session: { type: 'realtime', model, instructions: 'Be brief.' } });
  check(secret.value.startsWith('ek_') && secret.session.type === 'realtime', 'no client secret');

  // The package insists on wss; the simulator is reached in the clear.
  const browser = new OpenAI({ apiKey: secret.value, baseURL: endpoint });
  const socket = new OpenAIRealtimeWS(
    { model, options: { createConnection: (options) => net.connect(options.port, options.host) } }, browser);
  const events = new Events();
  const errors = [];
  socket.on('event', (event) => events.add(event));
  socket.on('error', (error) => errors.push(error.message));
  const created = await events.next('session.created');
  check(created.session.instructions === 'Be brief.', 'the secret lost its session');

  socket.send({
    type: 'session.update',
    session: {
      type: 'realtime',
      audio: {
        input: { format: { type: 'audio/pcm', rate: 24000 }, transcription: { model: 'gpt-transcribe' }, turn_detection: { type: 'server_vad', silence_duration_ms: 200 } },
        output: { format: { type: 'audio/pcmu' }, voice: 'marin' },
      },
      tools: [{ type: 'function', name: 'add_item', description: 'Adds.', parameters: { type: 'object', properties: {} } }],
    },
  });
  await events.next('session.updated');

  const answered = events.next('response.done');
  const transcribed = events.next('conversation.item.input_audio_transcription.completed');
  socket.send({ type: 'input_audio_buffer.append', audio: base64(tone(600)) });
  socket.send({ type: 'input_audio_buffer.append', audio: base64(new Int16Array(24 * 400)) });
  const answer = await answered;
  await transcribed;
  check(answer.response.status === 'completed' && answer.response.usage.output_token_details.audio_tokens > 0, 'no spoken answer');

  const called = events.next('response.done');
  socket.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'call add_item {}' }] } });
  socket.send({ type: 'response.create' });
  const call = (await called).response.output[0];
  check(call.type === 'function_call' && call.name === 'add_item', 'no function call');

  const finished = events.next('response.done');
  socket.send({ type: 'conversation.item.create', item: { type: 'function_call_output', call_id: call.call_id, output: 'ok' } });
  socket.send({ type: 'response.create' });
  await finished;
  socket.close();
  check(errors.length === 0, `errors: ${errors.join('; ')}`);
  console.log(`ok openai: models, secret, spoken turn, transcript, function call; ${events.seen.length} events`);
}

async function agentsPackage() {
  let added;
  const addItem = tool({
    name: 'add_item',
    description: 'Adds an item to the order.',
    parameters: z.object({ item: z.string() }),
    execute: async ({ item }) => { added = item; return `added ${item}`; },
  });
  const agent = new RealtimeAgent({ name: 'Orders', instructions: 'Take orders.', tools: [addItem] });
  const session = new RealtimeSession(agent, { transport: 'websocket', model });
  const events = new Events();
  const errors = [];
  const notUnderstood = new Set();
  let audioBytes = 0;
  session.on('error', (error) => errors.push(JSON.stringify(error.error ?? error)));
  session.on('audio', (audio) => { audioBytes += audio.data.byteLength; });
  session.on('transport_event', (event) => {
    events.add(event);
    const parsed = schemas.parseRealtimeEvent({ data: JSON.stringify(event) });
    if (parsed.isGeneric) {
      notUnderstood.add(event.type);
    }
  });

  const updated = events.next('session.updated');
  await session.connect({ apiKey: 'sk-test', url: `${endpoint.replace('http', 'ws')}/realtime?model=${model}` });
  await updated;

  const spoken = events.next('response.done');
  session.sendMessage('hello there');
  await spoken;
  check(audioBytes > 0, 'no audio');

  const called = events.next('response.done');
  session.sendMessage('call add_item {"item":"cola"}');
  await called;
  const told = await events.next('response.done');
  check(added === 'cola', 'the tool did not run');
  check(told.response.output[0].content[0].transcript === 'The tool said added cola.', 'the tool output was not used');

  // Barge-in: the package truncates by what it thinks was played.
  const speaking = events.next('response.output_audio.delta');
  session.sendMessage('say 60');
  await speaking;
  const stopped = events.next('response.done');
  const cut = events.next('conversation.item.truncated');
  session.sendAudio(tone(400).buffer);
  await events.next('input_audio_buffer.speech_started');
  check((await stopped).response.status === 'cancelled', 'the answer was not interrupted');
  await cut;
  session.sendAudio(new Int16Array(24 * 1000).buffer);
  await events.next('input_audio_buffer.committed');
  session.close();
  check(errors.length === 0, `errors: ${errors.join('; ')}`);
  check(notUnderstood.size === 0, `events not understood: ${[...notUnderstood].join(' ')}`);
  console.log(`ok agents-realtime: spoken answer, tool, barge-in; ${events.seen.length} events`);
}

const guard = setTimeout(() => { console.error('gave up after 60 s'); process.exit(1); }, 60_000);
try {
  await openaiPackage();
  await agentsPackage();
} catch (failure) {
  console.error(failure);
  process.exit(1);
}
clearTimeout(guard);
process.exit(0);
