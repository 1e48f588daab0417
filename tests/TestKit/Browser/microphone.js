// Replaces the microphone by a source the test can speak into, and remembers what comes back.
// The page's own code, the browser's encoder and its network stack are the real ones.
(() => {
  if (window.voMicrophone) return;
  const codec = window.voCodec ?? null;
  let context, destination;

  function open() {
    if (!context) {
      context = new AudioContext({ sampleRate: 48000 });
      destination = context.createMediaStreamDestination();
      // A quiet hiss instead of digital silence, as a room has it.
      const hiss = context.createBuffer(1, 48000, 48000);
      const samples = hiss.getChannelData(0);
      let seed = 1;
      for (let i = 0; i < samples.length; i++) { seed = (seed * 1103515245 + 12345) & 0x7fffffff; samples[i] = (seed / 0x3fffffff - 1) * 0.0008; }
      const source = context.createBufferSource();
      source.buffer = hiss;
      source.loop = true;
      source.connect(destination);
      source.start();
    }
    return destination.stream;
  }

  window.voMicrophone = {
    /** Speaks a WAV file given as base64; resolves when its last sample has been played. */
    async say(base64) {
      open();
      await context.resume();
      const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
      const buffer = await context.decodeAudioData(bytes.buffer);
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(destination);
      const ended = new Promise(resolve => { source.onended = resolve; });
      source.start();
      await ended;
      return buffer.duration;
    },
  };

  navigator.mediaDevices.getUserMedia = async () => new MediaStream(open().getAudioTracks().map(t => t.clone()));

  const NativePeer = window.RTCPeerConnection;
  window.voPeers = [];
  window.RTCPeerConnection = class extends NativePeer {
    constructor(...args) { super(...args); window.voPeers.push(this); }
    async createOffer(...args) {
      const wanted = window.voCodec ?? codec;
      if (wanted) {
        for (const transceiver of this.getTransceivers()) {
          const all = RTCRtpReceiver.getCapabilities('audio').codecs;
          transceiver.setCodecPreferences(all.filter(c => c.mimeType.toLowerCase() === `audio/${wanted}` || c.mimeType.toLowerCase() === 'audio/telephone-event'));
        }
      }
      return super.createOffer(...args);
    }
  };

  /** Codec and counters of the live call, from the browser's own statistics. */
  window.voStats = async () => {
    const peer = window.voPeers.at(-1);
    if (!peer) return null;
    const report = [...(await peer.getStats()).values()];
    const find = type => report.find(r => r.type === type);
    const inbound = find('inbound-rtp'), outbound = find('outbound-rtp');
    const name = id => report.find(r => r.id === id)?.mimeType ?? null;
    return { sent: name(outbound?.codecId), received: name(inbound?.codecId), packetsReceived: inbound?.packetsReceived ?? 0, packetsLost: inbound?.packetsLost ?? 0, energy: inbound?.totalAudioEnergy ?? 0 };
  };
})();
