/** Cuts a sound bank down to the presets in use, so that the audio thread parses little. */

import { BasicSoundBank, type BasicPreset } from 'spessasynth_core';

import type { Patch } from './messages';

/** An SF2 file with only the presets that `patches` select; null where the bank has none. */
export function subsetOf(
  bank: BasicSoundBank,
  patches: readonly Patch[],
): ArrayBuffer | null {
  const presets = new Set<BasicPreset>();
  for (const { program, drums } of patches) {
    const patch = { program, bankMSB: 0, bankLSB: 0, isGMGSDrum: drums };
    const preset = bank.getPreset(patch, 'gs') as BasicPreset | undefined;
    if (preset !== undefined) presets.add(preset);
  }
  if (presets.size === 0) return null;
  const subset = new BasicSoundBank();
  subset.addCompletePresets([...presets]);
  return subset.writeSF2();
}
