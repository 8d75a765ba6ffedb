/**
 * Stands in for the Vorbis decoder that spessasynth_core imports for compressed banks.
 * Our banks are plain SF2, and the decoder would instantiate WebAssembly under our strict CSP.
 */
export const StbVorbis = {
  ready: Promise.resolve(),
  decode(): never {
    throw new Error('compressed sound banks (SF3) are not supported, use an SF2 file');
  },
};
