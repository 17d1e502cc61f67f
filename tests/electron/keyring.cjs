// Required by Electron before the app: a test machine has no keyring, so this one keeps the key readable.
const { safeStorage } = require('electron');

safeStorage.isEncryptionAvailable = () => true;
safeStorage.encryptString = (text) => Buffer.from(text);
safeStorage.decryptString = (bytes) => bytes.toString();
