// Level meter and waveform of the microphone, so that a customer sees that he is heard.

export class Meter {
  #context; #frame; #samples;

  constructor(canvas, level, bar) {
    Object.assign(this, { canvas, level, bar });
  }

  start(stream) {
    this.stop();
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 1024;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    this.#samples = new Float32Array(analyser.fftSize);
    const draw = () => {
      analyser.getFloatTimeDomainData(this.#samples);
      this.#draw();
      this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#context?.close();
    this.#context = undefined;
    this.canvas.getContext('2d').clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.#show(0);
  }

  #draw() {
    const { canvas } = this;
    const pen = canvas.getContext('2d');
    const middle = canvas.height / 2;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.beginPath();
    let power = 0;
    this.#samples.forEach((sample, i) => {
      power += sample * sample;
      pen.lineTo((i / this.#samples.length) * canvas.width, middle - Math.max(-1, Math.min(1, sample * 2)) * middle);
    });
    pen.stroke();
    const decibel = 10 * Math.log10(power / this.#samples.length + 1e-9);
    this.#show(Math.max(0, Math.min(100, Math.round((decibel + 60) * 1.8))));
  }

  #show(percent) {
    this.bar.style.width = `${percent}%`;
    this.level.setAttribute('aria-valuenow', String(percent));
  }
}
