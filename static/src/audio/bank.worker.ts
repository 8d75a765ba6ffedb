/** Holds the whole sound bank away from page and audio thread; hands out subsets. */

import { SoundBankLoader, type BasicSoundBank } from 'spessasynth_core';

import { subsetOf } from './bank-subset';
import type { FromBank, ToBank } from './messages';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToBank>) => void) | null;
  postMessage(message: FromBank, transfer?: Transferable[]): void;
};

let bank: BasicSoundBank | null = null;

scope.onmessage = ({ data: order }) => {
  try {
    if (order.t === 'load') {
      bank = SoundBankLoader.fromArrayBuffer(order.data);
      scope.postMessage({ t: 'loaded' });
      return;
    }
    if (bank === null) throw new Error('the sound bank is not loaded yet');
    const data = subsetOf(bank, order.patches);
    if (data === null) throw new Error('the sound bank has none of these instruments');
    scope.postMessage({ t: 'subset', data, patches: order.patches }, [data]);
  } catch (error) {
    scope.postMessage({ t: 'failed', text: error instanceof Error ? error.message : String(error) });
  }
};
