// The browser's leg of a call: microphone → WebRTC → speaker. WHIP-shaped: POST the offer, apply the answer, DELETE to hang up.
import { Problem, send } from '../api.js';

export const CONNECT_TIMEOUT_MS = 15_000;
const MICROPHONE = { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }, video: false };

/** Why the microphone cannot be used, as a sentence. */
export function microphoneFault(error) {
  switch (error?.name) {
    case 'NotAllowedError': return 'The microphone is blocked. Allow it in the address bar, or type your order.';
    case 'NotFoundError': return 'No microphone was found. Plug one in, or type your order.';
    case 'NotReadableError': return 'Another program uses the microphone. Close it, or type your order.';
    default: return window.isSecureContext ? 'The microphone cannot be opened. You can type your order.' : 'Browsers open the microphone only over https or on localhost. You can type your order.';
  }
}

export class Call extends EventTarget {
  #peer; #stream; #location; #timer; #ended = false;

  /** `state` events carry detail 'connecting' | 'on' | 'lost' | 'ended'. `audio` plays the other side. */
  constructor(sessionId, iceServers, audio) {
    super();
    Object.assign(this, { sessionId, iceServers: iceServers ?? [], audio });
  }

  get stream() { return this.#stream; }

  async start() {
    this.#say('connecting');
    this.#stream = await navigator.mediaDevices.getUserMedia(MICROPHONE);
    if (this.#ended) return this.#release();
    const peer = this.#peer = new RTCPeerConnection({ iceServers: this.iceServers, bundlePolicy: 'max-bundle' });
    peer.ontrack = event => {
      this.audio.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      this.audio.play().catch(() => this.dispatchEvent(new CustomEvent('silent')));
    };
    peer.onconnectionstatechange = () => this.#watch(peer.connectionState);
    for (const track of this.#stream.getAudioTracks()) {
      const sender = peer.addTrack(track, this.#stream);
      track.onended = () => this.hangUp('lost');
      this.#watchTransport(peer, sender);
    }
    this.#timer = setTimeout(() => this.#fail(new Problem({ status: 504, code: 'CONNECT_TIMEOUT', detail: 'The call did not connect within 15 seconds.' })), CONNECT_TIMEOUT_MS);
    const offer = await peer.createOffer();
    await peer.setLocalDescription(offer);
    const { data, response } = await send('POST', `/api/v1/sessions/${this.sessionId}/webrtc`, { body: offer.sdp, type: 'application/sdp', timeoutMs: CONNECT_TIMEOUT_MS });
    this.#location = response.headers.get('Location');
    if (this.#ended) return this.hangUp('ended');
    await peer.setRemoteDescription({ type: 'answer', sdp: data });
    for (const sender of peer.getSenders()) this.#watchTransport(peer, sender);
  }

  /** Ends the call; `how` is 'ended' (by the customer) or 'lost'. */
  async hangUp(how = 'ended') {
    const location = this.#location;
    this.#location = undefined;
    this.#release();
    this.#say(how);
    if (location) await send('DELETE', location).catch(() => { /* the server notices the missing leg by itself */ });
  }

  // A close_notify from the server closes the DTLS transport while connectionState stays 'connected'.
  #watchTransport(peer, sender) {
    if (sender.transport) sender.transport.onstatechange = () => { if (['closed', 'failed'].includes(sender.transport.state) && peer === this.#peer) this.hangUp('lost'); };
  }

  #watch(state) {
    if (state === 'connected') {
      clearTimeout(this.#timer);
      this.#say('on');
    } else if (state === 'failed' || state === 'closed') {
      this.hangUp('lost');
    } else if (state === 'disconnected') {
      this.#say('connecting');
    }
  }

  #fail(problem) {
    this.hangUp('lost');
    this.dispatchEvent(new CustomEvent('fault', { detail: problem }));
  }

  #release() {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#stream?.getTracks().forEach(track => { track.onended = null; track.stop(); });
    const peer = this.#peer;
    this.#peer = undefined;
    if (peer) { peer.onconnectionstatechange = null; peer.close(); }
    this.audio.srcObject = null;
  }

  #say(state) {
    if (this.state === state || (this.state === 'ended' && state === 'lost')) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}
