import { expect, it } from 'vitest';
import { engineStandIn } from '../testing/engine-stand-in.ts';
import { plainState } from '../testing/plain-context.ts';
import { dockerRunner } from './docker-runner.ts';

const State = { Status: 'running', Running: true, Paused: false, ExitCode: 0 };

async function answers(containers: Readonly<Record<string, string>>): Promise<boolean> {
  const { socket } = await engineStandIn((question) => {
    if (question === 'GET /version') return {};
    return question === 'GET /containers/there/json' ? { body: { Id: 'there', State } } : { status: 404 };
  });
  const docker = { socket, project: 'firedrill-test', range: '10.214', containers };
  return dockerRunner(plainState(), docker).answers();
}

it('answers while its engine has the container of Toxiproxy', async () => {
  expect(await answers({ toxiproxy: 'there' })).toBe(true);
});

it('does not answer before its containers are made, nor when they are gone, and fails nobody', async () => {
  expect(await answers({})).toBe(false);
  expect(await answers({ toxiproxy: 'gone' })).toBe(false);
});
