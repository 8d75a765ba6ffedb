/** The General MIDI bank: fetched once, parsed in a worker, handed out a few presets at a time. */

import type { FromBank, Patch, ToBank } from './messages';

const keyOf = (patch: Patch): string => `${patch.drums ? 'drums' : 'pitched'} ${String(patch.program)}`;

export class SoundBank {
  private readonly worker = new Worker(new URL('./bank.worker.ts', import.meta.url), {
    type: 'module',
  });
  private readonly given = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();

  /** Rejects with words for the person when the file can't be fetched or read. */
  async load(url: string): Promise<void> {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${String(response.status)} ${response.statusText}`);
    const data = await response.arrayBuffer();
    await this.ask({ t: 'load', data }, [data]);
  }

  /** An SF2 file with those of `patches` that were not handed out yet; null when all were. */
  async presets(patches: readonly Patch[]): Promise<ArrayBuffer | null> {
    const missing = patches.filter((patch) => !this.given.has(keyOf(patch)));
    if (missing.length === 0) return null;
    for (const patch of missing) this.given.add(keyOf(patch));
    try {
      const answer = await this.ask({ t: 'subset', patches: missing });
      return answer.t === 'subset' ? answer.data : null;
    } catch (error) {
      for (const patch of missing) this.given.delete(keyOf(patch));
      throw error;
    }
  }

  close(): void {
    this.worker.terminate();
  }

  /** One question at a time: the worker answers in order and names no question. */
  private ask(order: ToBank, transfer: Transferable[] = []): Promise<FromBank> {
    const answer = this.turn.then(
      () =>
        new Promise<FromBank>((resolve, reject) => {
          this.worker.onmessage = ({ data }: MessageEvent<FromBank>) => {
            if (data.t === 'failed') reject(new Error(data.text));
            else resolve(data);
          };
          this.worker.onerror = (event) => { reject(new Error(event.message)); };
          this.worker.postMessage(order, transfer);
        }),
    );
    this.turn = answer.catch(() => undefined);
    return answer;
  }
}
