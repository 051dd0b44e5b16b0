// Load on a running Confab, for those who use k6 (https://k6.io, 1.0 or later).
//
//   ./confab up                                       # in another terminal
//   k6 run bench/k6/chat.js
//   k6 run -e BASE=http://localhost:8080 -e USERS=50 -e ROOMS=5 -e RATE=5 -e SECONDS=60 bench/k6/chat.js
//
// Each virtual user is one person with one socket in one room, who sends RATE messages a second for SECONDS and hears
// what all others in the room say. The run fails when an accepted message has no outcome or was not heard by its own
// sender, when somebody hears a room's places out of order, or when the 99th percentiles pass the thresholds.
//
// The server's limits count: 20 messages a second for each user, 5 registrations a second from one address (people
// are registered before the load begins, patiently).

import http from 'k6/http';
import { sleep } from 'k6';
import { WebSocket } from 'k6/websockets';
import { setTimeout, setInterval, clearInterval } from 'k6/timers';
import { Counter, Trend } from 'k6/metrics';

const BASE = __ENV.BASE || 'http://localhost:8080';
const USERS = Number(__ENV.USERS || 20);
const ROOMS = Number(__ENV.ROOMS || 2);
const RATE = Number(__ENV.RATE || 5);
const SECONDS = Number(__ENV.SECONDS || 30);
const GRACE_SECONDS = 5;

const sent = new Counter('confab_sent');
const accepted = new Counter('confab_accepted');
const refused = new Counter('confab_refused');
const delivered = new Counter('confab_delivered');
const unheard = new Counter('confab_accepted_but_unheard');
const unfinished = new Counter('confab_accepted_but_unfinished');
const disorder = new Counter('confab_out_of_order');
const sendToAck = new Trend('confab_send_to_ack', true);
const sendToDelivered = new Trend('confab_send_to_delivered', true);

export const options = {
  scenarios: {
    chat: { executor: 'per-vu-iterations', vus: USERS, iterations: 1, maxDuration: `${SECONDS + 60}s` },
  },
  setupTimeout: `${60 + USERS}s`,
  thresholds: {
    confab_accepted_but_unheard: ['count==0'],
    confab_accepted_but_unfinished: ['count==0'],
    confab_out_of_order: ['count==0'],
    confab_send_to_ack: ['p(99)<500'],
    confab_send_to_delivered: ['p(99)<1000'],
  },
};

function uuid() {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));
}

/** A request that waits when it is told to. */
function call(method, path, body, token) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  for (;;) {
    const answer = http.request(method, BASE + path, body === undefined ? null : JSON.stringify(body), { headers });
    if (answer.status !== 429) {
      return answer;
    }
    sleep(Number(answer.headers['Retry-After'] || 1));
  }
}

function expected(answer, ...statuses) {
  if (!statuses.includes(answer.status)) {
    throw new Error(`${answer.status} ${answer.body}`);
  }
  return answer.json();
}

export function setup() {
  const run = uuid().slice(0, 8);
  const people = [];
  for (let i = 0; i < USERS; i++) {
    const email = `k6-${run}-${i}@example.org`;
    const password = 'a password for a load test';
    expected(call('POST', '/auth/register', { email, password }), 201);
    people.push(expected(call('POST', '/auth/login', { email, password }), 200).accessToken);
  }
  const rooms = [];
  for (let i = 0; i < ROOMS; i++) {
    rooms.push(expected(call('POST', '/rooms', { name: `k6 ${run} ${i}` }, people[0]), 201).id);
  }
  for (let i = 1; i < USERS; i++) {
    expected(call('POST', `/rooms/${rooms[i % ROOMS]}/join`, undefined, people[i]), 200, 201);
  }
  return { people, rooms };
}

export default function (data) {
  const number = (__VU - 1) % USERS;
  const token = data.people[number];
  const room = data.rooms[number % ROOMS];
  const waiting = new Map(); // clientMsgId to the moment of sending
  const unheardYet = new Set(); // accepted, and not heard back
  const heard = new Set();
  let last = 0;
  let sending = null;

  const socket = new WebSocket(`${BASE.replace(/^http/, 'ws')}/ws`, null, {
    headers: { Authorization: `Bearer ${token}` },
  });

  function send(event, body) {
    socket.send(JSON.stringify({ event, ref: event, data: body }));
  }

  function say() {
    const clientMsgId = uuid();
    waiting.set(clientMsgId, Date.now());
    sent.add(1);
    send('sendMessage', { roomId: room, clientMsgId, type: 'TEXT', content: `Hello from ${number}` });
  }

  function begin() {
    sending = setInterval(say, 1000 / RATE);
    setTimeout(() => {
      clearInterval(sending);
      setTimeout(() => socket.close(), GRACE_SECONDS * 1000);
    }, SECONDS * 1000);
  }

  function onMessage(message) {
    if (message.seq <= last) {
      disorder.add(1);
    }
    last = message.seq;
    delivered.add(1);
    heard.add(message.clientMsgId);
    if (waiting.has(message.clientMsgId)) {
      sendToDelivered.add(Date.now() - waiting.get(message.clientMsgId));
      unheardYet.delete(message.clientMsgId);
    }
  }

  socket.addEventListener('message', (frame) => {
    const { event, ref, data: body } = JSON.parse(frame.data);
    if (event === 'connected') {
      send('joinRoom', { roomId: room });
    } else if (event === 'reply' && ref === 'joinRoom') {
      last = body.seq;
      begin();
    } else if (event === 'messageAccepted') {
      accepted.add(1);
      sendToAck.add(Date.now() - waiting.get(body.clientMsgId));
      if (!heard.has(body.clientMsgId)) {
        unheardYet.add(body.clientMsgId);
      }
    } else if (event === 'messageFailed') {
      refused.add(1, { code: body.code });
    } else if (event === 'newMessage' && body.roomId === room) {
      onMessage(body);
    } else if (event === 'error') {
      throw new Error(`${body.code}: ${body.message}`);
    }
  });

  socket.addEventListener('close', () => {
    unheard.add(unheardYet.size);
    for (const clientMsgId of unheardYet) {
      const outcome = expected(call('GET', `/rooms/${room}/outcomes/${clientMsgId}`, undefined, token), 200);
      if (outcome.status === 'UNKNOWN') {
        unfinished.add(1);
      }
    }
  });
}
