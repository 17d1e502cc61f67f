/** A whole number, grouped as in English. */
const n = (value: number) => value.toLocaleString('en');

/** Recording from the microphone. */
export const enRecord = {
  record: {
    open: 'Record',
    title: 'Record from the microphone',
    phases: {
      asking: 'Opening the microphone…',
      ready: 'Ready. Say something and watch the level.',
      recording: 'Recording',
      paused: 'Paused',
      stopping: 'Finishing…',
      lost: 'The microphone was disconnected. What was recorded is kept: connect it again, or choose another, and go on.',
    },
    start: 'Start recording',
    stop: 'Stop and transcribe',
    discard: 'Discard',
    discardTitle: 'Discard this recording?',
    discardText: 'What was recorded is deleted for good, and no transcript is made of it.',
    microphone: 'Microphone',
    numbered: (number: number) => `Microphone ${n(number)}`,
    level: 'Loudness',
    silent: 'Nothing is heard. Check that the microphone is not muted and is the right one.',
    tooLoud: 'Too loud: move away from the microphone.',
    captions: 'Live captions, masked',
    captionsSoon: 'Words appear here when enough was said to mask what must be masked.',
    captionsEnded: (why: string) => `No more captions; the recording goes on. ${why}`,
    waiting: (count: number) =>
      count === 0
        ? 'The whole talk is searched again when the recording ends.'
        : `${n(count)} ${count === 1 ? 'word waits' : 'words wait'} until it is known whether they must be masked.`,
    kept: 'The recording stays on this computer, encrypted. When you stop, it is transcribed like any other and can be saved as a WAV file.',
    notKept:
      'The recording stays on this computer, encrypted, until you close Sotto: there is no keyring here that would keep its key. Save it as a WAV file before, if you need it.',
    failures: {
      denied: {
        title: 'Sotto may not use the microphone',
        text: 'Nothing is recorded until you allow it. You can still add recordings from files.',
      },
      none: {
        title: 'No microphone is connected',
        text: 'Connect one and try again. A headset or a table microphone is heard best.',
      },
      busy: {
        title: 'The microphone cannot be opened',
        text: 'Another program may be using it, a call for instance. Close that program and try again.',
      },
    },
    allowInSystem: 'Allow the microphone for Sotto in the privacy settings of your system, then try again.',
    allowInBrowser:
      'Click the sign at the left of your browser’s address bar, allow the microphone for this page, then try again.',
    fileName: (time: string) => `Recording ${time}`,
    foundTitle: (count: number) =>
      count === 1 ? 'A recording was cut off' : `${n(count)} recordings were cut off`,
    foundText: 'Sotto or the computer stopped while it recorded. What was said until then is here.',
    recover: 'Transcribe',
    recoverNamed: (name: string) => `Transcribe ${name}`,
    drop: 'Delete',
    dropNamed: (name: string) => `Delete ${name}`,
    dropTitle: 'Delete this recording?',
    dropText: (name: string) => `${name} is deleted for good.`,
    save: 'Save sound',
    saveNamed: (name: string) => `Save the sound of ${name} as a WAV file`,
    removeText: (name: string) =>
      `The transcript of ${name}, your corrections and the recording itself, which lies in Sotto alone, are deleted for good. Save its sound before, if you need it.`,
  },
};
