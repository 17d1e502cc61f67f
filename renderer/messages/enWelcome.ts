/** The first start. */
export const enWelcome = {
  welcome: {
    name: 'Welcome to Sotto',
    place: (at: number, count: number) => `${at} of ${count}`,
    next: 'Next',
    back: 'Back',
    skip: 'Skip',
    begin: 'Skip the sample',
    sample: 'Try it with a sample',
    again: 'How Sotto works',
    sampleName: 'Sample recording.opus',
    hear: {
      title: 'Recordings become text, on this computer',
      text: 'Drop an interview or a meeting on the window, or record one here. Everything happens on this computer: nothing is uploaded, and it works without a network.',
    },
    mask: {
      title: 'Names and numbers are masked',
      text: 'People, addresses, phone numbers and more are found and get aliases, the same person the same alias everywhere. You see why each one was masked, hear it, and decide.',
    },
    share: {
      title: 'You share only what may be read',
      text: 'Text, captions, or the sound with bleeps: each file is read back before you get it, and refused if a masked value is still in it. No automatic masking finds everything, so look through it first.',
    },
    artBefore: 'My name is',
    artBetween: 'and my number is',
    licence:
      'The sample is 50 seconds of a book of 1884 on old prisons, with many names in it, read by Linda Johnson (LJ Speech, public domain).',
  },
};
