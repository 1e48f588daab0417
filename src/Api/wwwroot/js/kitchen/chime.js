// Two tones for a new order, made here so that no sound file is needed. Browsers allow sound only after a press, so it begins with the switch.
const KEY = 'vo.kitchen.sound';
let audio = null;

export const isOn = () => localStorage.getItem(KEY) === 'on';

/** Switches the sound; answers whether it is on now. */
export function toggle() {
  localStorage.setItem(KEY, isOn() ? 'off' : 'on');
  if (isOn()) ring();
  return isOn();
}

/** Rings if it is on; counts for tests and for nobody else. */
export function ring() {
  if (!isOn()) return;
  audio ??= new AudioContext();
  audio.resume();
  const start = audio.currentTime;
  for (const [index, pitch] of [880, 1175].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, start + index * 0.18);
    volume.gain.exponentialRampToValueAtTime(0.3, start + index * 0.18 + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + index * 0.18 + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(start + index * 0.18);
    tone.stop(start + index * 0.18 + 0.4);
  }
  document.body.dataset.rung = String(Number(document.body.dataset.rung ?? 0) + 1);
}
