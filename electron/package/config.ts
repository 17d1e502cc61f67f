import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';

/** An Electron that is on this machine already. */
export interface GivenElectron {
  readonly folder: string;
  readonly version: string;
}

/**
 * What goes into a package and what kinds there are.
 * @param given instead of the release that package.json names, which electron-builder downloads.
 * @param appImageTools whether the AppImage tools of `get-electron.sh` are used, which have the older runtime.
 */
export function packageConfig(given: GivenElectron | null, appImageTools: boolean): Configuration {
  return {
    appId: 'sotto.Sotto',
    productName: 'Sotto',
    copyright: 'MIT licence',
    directories: { output: 'dist/packages', buildResources: 'electron/package' },
    ...(given && { electronDist: given.folder, electronVersion: given.version }),
    toolsets: { appimage: appImageTools ? '0.0.0' : '1.0.3' },
    publish: null,
    npmRebuild: false,
    // deb and rpm demand a homepage; there is none yet. Without a productName the data folder is the checkout's.
    extraMetadata: { homepage: 'https://sotto.invalid/', productName: 'sotto', desktopName: 'sotto.desktop' },
    // Vite has bundled everything but the native module.
    files: [
      'dist/{node,preload,renderer}/**',
      '!dist/node/{cli,start}.cjs',
      '!node_modules/!(onnxruntime-node|onnxruntime-common)/**',
      '!node_modules/@*/**',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: macros of electron-builder
      '!node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: macros of electron-builder
      '!node_modules/onnxruntime-node/bin/napi-v6/${platform}/!(${arch})/**',
      '!node_modules/onnxruntime-node/{lib,script}/**',
      '!node_modules/onnxruntime-common/{lib,dist/esm}/**',
      '!**/*.{md,map,d.ts,d.ts.map}',
    ],
    asarUnpack: ['node_modules/onnxruntime-node/bin/**'],
    // Beside the archive, because ONNX Runtime reads them by itself and knows no asar.
    extraResources: [
      { from: 'models', to: 'models', filter: ['**', '!training{,/**}'] },
      { from: '.', to: '.', filter: ['LICENSE', 'NOTICE'] },
    ],
    electronLanguages: ['en-US', 'en', 'zh-CN', 'zh_CN'],
    // What an unpacked Electron has and a release that electron-builder unpacks itself has not.
    async afterPack({ appOutDir }) {
      if (given === null || process.platform !== 'linux') return;
      await rm(join(appOutDir, 'version'), { force: true });
      await rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
    },
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      onlyLoadAppFromAsar: true,
      // The tests drive a package of their own through the inspector; one that ships has none.
      enableNodeCliInspectArguments: given !== null,
    },
    linux: {
      target: ['AppImage', 'dir'],
      executableName: 'sotto',
      syncDesktopName: true,
      icon: 'electron/package/icons',
      category: 'AudioVideo;Audio;Office',
      synopsis: 'Offline transcription with redaction',
      maintainer: 'Sotto contributors',
    },
    deb: { packageCategory: 'sound', priority: 'optional' },
    rpm: { packageCategory: 'Applications/Multimedia' },
    mac: {
      target: ['dmg'],
      icon: 'electron/package/icons/512x512.png',
      category: 'public.app-category.productivity',
      hardenedRuntime: true,
      extendInfo: {
        NSMicrophoneUsageDescription: 'Sotto transcribes what you record; the sound never leaves this Mac.',
      },
    },
    win: { target: ['nsis'], icon: 'electron/package/icons/512x512.png' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
    },
  };
}
