import { availableParallelism, totalmem } from 'node:os';
import { UserError } from '@millwright/core';
import { codeError, runnerLost } from './errors.ts';
import { LIMITS } from './limits.ts';
import { encodeCall } from './pool/call-frame.ts';
import { Conversation } from './pool/conversation.ts';
import { Pool } from './pool/pool.ts';
import type { CodeCall, CodeResult, CodeRunner, CodeRunnerOptions, SandboxLevel } from './types.ts';
import { findGround } from './walls/ground.ts';
import { launchNode, launchPython, type Ground } from './walls/launch.ts';
import { writeGuest } from './walls/write-guest.ts';

const STRENGTH: Readonly<Record<SandboxLevel, number>> = { L1: 1, L2: 2, L3: 3 };
const TRIES = 2;

interface Setting {
  readonly options: CodeRunnerOptions;
  readonly ground: Ground;
  readonly pool: Pool;
}

/** How strong the walls are that can be built. */
function levelOf(ground: Ground): SandboxLevel {
  return ground.bwrap !== undefined && ground.filter !== undefined ? 'L2' : 'L1';
}

/**
 * How many processes work at once: a call of a millisecond holds one for as long as this thread takes to come round to it, so that there are
 * more than cores. An eighth of the memory is theirs; never fewer than 4.
 */
function mostProcesses(): number {
  return Math.max(4, Math.min(8 * availableParallelism(), Math.floor(totalmem() / 8 / LIMITS.residentBytes)));
}

function refuse(call: CodeCall, ground: Ground): void {
  if (call.language === 'python' && ground.python === undefined)
    throw codeError('code_python_missing', 'Python is not available to code nodes here');
}

async function runOnce({ options, ground, pool }: Setting, call: CodeCall): Promise<CodeResult> {
  const frame = encodeCall(call, { builtins: ground.bwrap !== undefined });
  const process = await pool.acquire({
    workspaceId: call.workspaceId,
    projectId: call.projectId,
    kind: call.language === 'python' ? 'python' : 'node',
    memoryMb: call.memoryMb ?? options.memoryMb ?? LIMITS.memoryMb,
    isFresh: isAlone(call, options),
    signal: call.signal,
  });
  process.calls += 1;
  const { isFit, outcome } = await new Conversation(process, call).hold(frame);
  pool.release(process, isFit && !isAlone(call, options));
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** Python cannot forget what a call did to its modules: each call has a process. */
const isAlone = (call: CodeCall, options: CodeRunnerOptions): boolean =>
  call.oneShot === true || options.oneShot === true || call.language === 'python';

async function run(setting: Setting, call: CodeCall): Promise<CodeResult> {
  refuse(call, setting.ground);
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(setting, call);
    } catch (thrown) {
      // A process that died between two calls: nothing of this one had begun.
      const isLost = thrown instanceof Error && 'code' in thrown && thrown.code === 'code_runner_lost';
      if (!isLost || attempt === TRIES) throw thrown;
    }
  }
}

/**
 * Starts a runner, with spares.
 * @throws UserError `code_walls_too_low` when the machine cannot build the walls that `atLeast` asks for
 * @throws TransientError `code_runner_lost` when no sandbox can be started
 */
export async function createCodeRunner(options: CodeRunnerOptions): Promise<CodeRunner> {
  const guest = await writeGuest().catch((thrown: unknown) => {
    throw runnerLost('The program of the sandbox could not be written', thrown);
  });
  const ground = findGround(options, guest.folder);
  const level = levelOf(ground);
  if (STRENGTH[level] < STRENGTH[options.atLeast ?? 'L1']) {
    await guest.remove();
    throw new UserError('unprocessable', {
      code: 'code_walls_too_low',
      message: `Code would run at level ${level}, and at least ${options.atLeast ?? 'L1'} is asked for`,
      hint: 'Install bubblewrap, and allow user namespaces without privileges; `millwright doctor` shows which wall is missing.',
    });
  }
  const pool = new Pool({
    logger: options.logger,
    spares: options.spares ?? 2,
    isWarm: options.isWarm ?? true,
    maxProcesses: options.maxProcesses ?? mostProcesses(),
    memoryMb: options.memoryMb ?? LIMITS.memoryMb,
    launch: (kind, memoryMb) => (kind === 'node' ? launchNode(ground, { memoryMb }) : launchPython(ground, memoryMb)),
  });
  let isClosed = false;
  return {
    run: async (call) => {
      if (isClosed) throw runnerLost('The code runner is closed');
      return run({ options, ground, pool }, call);
    },
    status: () => ({ level, python: ground.python !== undefined, ...pool.count() }),
    close: async () => {
      isClosed = true;
      await pool.close();
      await guest.remove();
    },
  };
}
