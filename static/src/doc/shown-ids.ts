/** Notes beyond this number are shown to others by their box alone: presence is small. */
export const SHOWN_IDS = 64;
