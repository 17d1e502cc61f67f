/**
 * What the engine and the hosts tell a person, which they write in English: each sentence with `{…}` where a name or a
 * number stands, and its Chinese. A test takes every such sentence out of the source and looks for it here.
 */
export const zhFailures: readonly (readonly [english: string, chinese: string])[] = [
  // Recording from the microphone.
  [
    '{file} was changed on the disk and cannot be read on; restore it from a backup.',
    '{file} 在磁盘上被改动，无法继续读取；请从备份恢复。',
  ],
  [
    'The recording cannot be written: the disk is full or was removed; what was heard so far is kept.',
    '无法写入录音：磁盘已满或被移除；已录的内容会保留。',
  ],
  [
    "{file} cannot be opened: it is no recording of this Sotto, or its key is not in this login's keyring.",
    '无法打开 {file}：它不是这个 Sotto 的录音，或者密钥不在当前登录的密钥环中。',
  ],
  ['Sotto is recording already; stop that recording first.', 'Sotto 已经在录音；请先停止那段录音。'],
  [
    'That recording has ended; what was heard of it is in the list.',
    '那段录音已经结束；已录的内容在列表中。',
  ],
  ['That recording is no longer there.', '那段录音已经不在了。'],
  ['That recording has ended already.', '那段录音已经结束了。'],
  ['Something in Sotto failed.', 'Sotto 内部出错了。'],
  // Where transcripts are kept.
  [
    '“{folder}” belongs to Sotto itself; choose a folder of your own.',
    '“{folder}”属于 Sotto 自身；请选择您自己的文件夹。',
  ],
  [
    'In “{folder}” there is a folder “{own}” already with something in it; choose another folder.',
    '“{folder}”中已有一个不为空的文件夹“{own}”；请选择其他文件夹。',
  ],
  [
    'Sotto may not write in “{folder}”; choose another folder.',
    'Sotto 无权写入“{folder}”；请选择其他文件夹。',
  ],
  [
    'Nothing is kept on the disk here, so there is nothing to move.',
    '这里不在磁盘上保存内容，因此没有可移动的文稿。',
  ],
  [
    'The transcripts could not be copied to “{folder}” and stay where they are; free some space there or choose another folder.',
    '无法把文稿复制到“{folder}”，它们留在原处；请在那里腾出空间，或选择其他文件夹。',
  ],
  // Recordings.
  ['"{file}" was not found; check the path and try again.', '找不到“{file}”；请检查路径后重试。'],
  ['"{file}" is not a file; choose an audio or video file.', '“{file}”不是文件；请选择音频或视频文件。'],
  ['"{file}" cannot be opened for reading; check its permissions.', '无法打开“{file}”读取；请检查文件权限。'],
  [
    '"{file}" is empty (0 bytes); choose another copy of the recording.',
    '“{file}”是空文件（0 字节）；请选择这个录音的另一份副本。',
  ],
  [
    '"{file}" has no sound track to transcribe; choose a recording with sound.',
    '“{file}”没有可转写的声道；请选择有声音的录音。',
  ],
  [
    '"{file}" holds a header but no samples; record or export it again.',
    '“{file}”只有文件头而没有声音；请重新录制或导出。',
  ],
  [
    '"{file}" is not an audio or video file that Sotto knows; rarer formats open when ffmpeg is installed.',
    '“{file}”不是 Sotto 认识的音频或视频文件；安装 ffmpeg 后可以打开较少见的格式。',
  ],
  [
    '"{file}" holds {format} audio, which needs ffmpeg: install ffmpeg, or convert the recording to WAV.',
    '“{file}”含有 {format} 音频，需要 ffmpeg：请安装 ffmpeg，或把录音转换为 WAV。',
  ],
  [
    '"{file}" is not an audio or video file that can be read; choose a recording.',
    '“{file}”不是可以读取的音频或视频文件；请选择一个录音。',
  ],
  [
    '"{file}" is damaged and cannot be read; try a fresh copy of the recording.',
    '“{file}”已损坏，无法读取；请换一份完好的录音副本。',
  ],
  [
    '"{file}" cannot be read: {what}; record or export it again as WAV.',
    '无法读取“{file}”：{what}；请重新录制或导出为 WAV。',
  ],
  [
    '"{file}" is damaged or cut short; {seconds} s of it could be read.',
    '“{file}”已损坏或不完整；只读取了其中 {seconds} 秒。',
  ],
  [
    '"{file}" ends before its header says it should; the first {seconds} s were read.',
    '“{file}”比文件头所说的更早结束；已读取前 {seconds} 秒。',
  ],
  [
    'Sotto has no decoder for the audio in {file}; convert it to WAV, MP3 or M4A and add it again.',
    'Sotto 无法解码 {file} 中的音频；请转换为 WAV、MP3 或 M4A 后重新添加。',
  ],
  [
    '{file} can no longer be read; add it again and Sotto starts over with it.',
    '{file} 已无法读取；请重新添加，Sotto 会从头开始。',
  ],
  [
    '{file} cannot be decoded, it is damaged or not a recording; check that it plays elsewhere and add it again.',
    '无法解码 {file}：文件已损坏或不是录音；请确认它能在别处播放，然后重新添加。',
  ],
  [
    "Sotto's engine stopped {count} times while it worked on {file}; convert the recording to WAV and add it again.",
    'Sotto 的引擎在处理 {file} 时停止了 {count} 次；请把录音转换为 WAV 后重新添加。',
  ],
  [
    'There are no recordings in that folder; add audio or video files, or a folder that has some.',
    '该文件夹中没有录音；请添加音频或视频文件，或含有录音的文件夹。',
  ],
  [
    'Much background noise in {count} places, the longest {times}; check the words there.',
    '有 {count} 处背景噪声较大，最长的在 {times}；请检查那里的词语。',
  ],
  ['Much background noise {times}; check these words.', '{times} 背景噪声较大；请检查这些词语。'],
  // Recordings that are being made.
  ['"{file}" was not found; start the recorder first.', '找不到“{file}”；请先启动录音程序。'],
  [
    '"{file}" is WAV with an unusual codec, which cannot be followed; record 16-bit PCM.',
    '“{file}”是采用少见编码的 WAV，无法跟随；请录制 16 位 PCM。',
  ],
  [
    '"{file}" is not a WAV file, and only those can be followed while they grow; record WAV, or pipe the sound to "sotto live -" with ffmpeg.',
    '“{file}”不是 WAV 文件，只有 WAV 可以边录边跟随；请录制 WAV，或用 ffmpeg 把声音送入“sotto live -”。',
  ],
  [
    '"{file}" holds no sound and does not grow; start the recorder.',
    '“{file}”没有声音也没有增长；请启动录音程序。',
  ],
  [
    'Standard input is WAV with an unusual codec; send 16-bit PCM.',
    '标准输入是采用少见编码的 WAV；请发送 16 位 PCM。',
  ],
  [
    'Standard input has a damaged WAV header; start the recorder again.',
    '标准输入的 WAV 文件头已损坏；请重新启动录音程序。',
  ],
  ['Sotto is recording already; stop that recording first.', 'Sotto 已在录音；请先停止那个录音。'],
  [
    'That recording has ended; what was heard of it is in the list.',
    '那个录音已经结束；已听到的内容在列表中。',
  ],
  // Model packs.
  [
    'The model pack "{pack}" cannot be used: {what}; install the pack again.',
    '无法使用模型包“{pack}”：{what}；请重新安装该模型包。',
  ],
  [
    'The model does not know the language "{language}". Choose another language.',
    '该模型不支持语言“{language}”。请选择其他语言。',
  ],
  [
    'The folder "models" that belongs to Sotto is missing; install Sotto again.',
    'Sotto 的“models”文件夹不见了；请重新安装 Sotto。',
  ],
  ['Packs can only be added in Sotto’s own window.', '只能在 Sotto 自己的窗口中添加模型包。'],
  [
    'The folder “{pack}” holds no model that recognises speech; choose a folder with a manifest of kind “recognizer”, named in letters, digits, dots and dashes.',
    '文件夹“{pack}”中没有语音识别模型；请选择清单类型为“recognizer”、名称只含字母、数字、点和连字符的文件夹。',
  ],
  [
    'There is a pack called “{pack}” already; rename the folder and add it again.',
    '已有名为“{pack}”的模型包；请重命名文件夹后重新添加。',
  ],
  [
    'The pack “{pack}” could not be copied; free some disk space and add it again.',
    '无法复制模型包“{pack}”；请腾出磁盘空间后重新添加。',
  ],
  [
    'The attention of the model pack "{pack}" cannot be shown: it has no tri-head encoder; transcribe the recording with a pack that has one.',
    '无法显示模型包“{pack}”的注意力：它没有三组头编码器；请用有这种编码器的模型包转写该录音。',
  ],
  [
    'The model pack "{pack}" that made this transcript is no longer installed; transcribe the recording again to see the attention of the one that is.',
    '制作这份文稿的模型包“{pack}”已不再安装；请重新转写该录音，以查看现有模型包的注意力。',
  ],
  [
    'The noise heads rest in this passage, since there is little noise in it; choose another head or a noisier passage.',
    '这一段噪声很小，噪声头没有工作；请选择其他头或噪声更大的一段。',
  ],
  // Exports.
  ['Nothing is chosen to export; choose at least one format.', '没有选择要导出的内容；请至少选择一种格式。'],
  [
    'That transcript is no longer there; transcribe the recording again.',
    '那份文稿已不存在；请重新转写该录音。',
  ],
  [
    '"{file}" was not written: it still holds {what} ({kinds}); {next} and export again.',
    '没有写入“{file}”：其中仍含有{what}（{kinds}）；{next}后重新导出。',
  ],
  [
    '"{file}" was not written: a masked value ({kinds}) can still be heard at {list}; mask what is said there and export again.',
    '没有写入“{file}”：在 {list} 仍能听到被遮盖的内容（{kinds}）；请遮盖那里所说的内容后重新导出。',
  ],
  [
    'The policy "{policy}" lets no audio out, since a voice identifies who speaks; export without audio.',
    '策略“{policy}”不允许导出音频，因为声音会暴露说话人的身份；请不带音频导出。',
  ],
  [
    'The audio of "{file}" cannot be redacted: a masked word has no time in the recording; export the text alone, or transcribe the recording again.',
    '无法对“{file}”的音频消音：有一个被遮盖的词在录音中没有时间；请只导出文字，或重新转写该录音。',
  ],
  [
    'The recording was not bleeped, because a masked span lies after its end; transcribe this recording again.',
    '录音没有消音，因为有一处遮盖位于录音结束之后；请重新转写该录音。',
  ],
  [
    'The recording was not bleeped, because a masked span has no time; export the text alone, or transcribe the recording again.',
    '录音没有消音，因为有一处遮盖没有时间；请只导出文字，或重新转写该录音。',
  ],
  [
    'The audit report was not written: the name of the policy or of a file in it holds a masked value; rename it and export again.',
    '没有写入审计报告：策略或其中文件的名称含有被遮盖的内容；请改名后重新导出。',
  ],
  [
    'Recordings are picked by the browser here; use its file picker or drop them on the page.',
    '这里由浏览器选择录音；请使用浏览器的文件选择器，或把文件拖放到页面上。',
  ],
  // Policies and sealed files.
  [
    'There is no policy "{policy}" any longer; choose another one.',
    '策略“{policy}”已不存在；请选择其他策略。',
  ],
  ['That case is no longer there; choose another one.', '该案卷已不存在；请选择其他案卷。'],
  ['That is another passphrase; check it and try again.', '口令不对；请检查后重试。'],
  ['A passphrase can only be set in Sotto’s own window.', '只能在 Sotto 自己的窗口中设置口令。'],
  [
    'Something could not be removed from the disk; check the permissions of Sotto’s folder.',
    '有内容无法从磁盘移除；请检查 Sotto 文件夹的权限。',
  ],
  [
    'A passphrase needs at least {count} characters; several words are easier to remember than one hard one.',
    '口令至少需要 {count} 个字符；几个词比一个难词更容易记住。',
  ],
  [
    '"{file}" does not open: the passphrase is another one, or the file was altered; check the passphrase and try again.',
    '无法打开“{file}”：口令不对，或文件已被改动；请检查口令后重试。',
  ],
  [
    '"{file}" was made by a newer Sotto; update Sotto to open it.',
    '“{file}”由更新版本的 Sotto 制作；请更新 Sotto 后打开。',
  ],
  [
    '"{file}" is no {what} of Sotto, or it was cut short; choose another file.',
    '“{file}”不是 Sotto 的{what}，或不完整；请选择其他文件。',
  ],
  [
    '"{file}" is no text file, so nothing can be put back into it; export the transcript as txt, md, srt, vtt, html, csv or json.',
    '“{file}”不是文本文件，无法把内容放回其中；请把文稿导出为 txt、md、srt、vtt、html、csv 或 json。',
  ],
  // The disk.
  ['{file} could not be written: {what}.', '无法写入 {file}：{what}。'],
  ['{file} could not be kept on the disk.', '无法把 {file} 保存到磁盘。'],
  [
    'The folder for unfinished work, {folder}, cannot be written; free some space or check its permissions.',
    '无法写入未完成工作的文件夹 {folder}；请腾出空间或检查其权限。',
  ],
  [
    'The disk is full or was removed; free some space and start again, finished parts are kept.',
    '磁盘已满或已被移除；请腾出空间后重新开始，已完成的部分会保留。',
  ],
  [
    'A transcript could not be removed from the disk; check the permissions of Sotto’s folder.',
    '无法从磁盘删除一份文稿；请检查 Sotto 文件夹的权限。',
  ],
  // Faults.
  [
    'Something in Sotto failed while it worked on {file}; try again, and report it if it happens twice.',
    'Sotto 在处理 {file} 时出错；请重试，如果再次发生请报告。',
  ],
  [
    'Something in Sotto failed; try again, and report it if it happens twice.',
    'Sotto 出错；请重试，如果再次发生请报告。',
  ],
  ['There is no such call.', '没有这样的调用。'],
  ['The call does not match the contract.', '调用不符合约定。'],
];

/** What stands for `{what}` and `{next}` in those sentences. */
export const zhParts: readonly (readonly [english: string, chinese: string])[] = [
  ['its manifest.json is missing', '缺少 manifest.json'],
  ['its manifest.json is not valid', 'manifest.json 无效'],
  ['its manifest.json does not describe a recogniser', 'manifest.json 描述的不是识别模型'],
  ['its manifest.json does not describe a redactor', 'manifest.json 描述的不是遮盖模型'],
  ['its file {file} is missing', '缺少文件 {file}'],
  [
    'its file {file} has {size} bytes instead of {expected}',
    '文件 {file} 有 {size} 字节，应为 {expected} 字节',
  ],
  ['its file {file} is altered', '文件 {file} 已被改动'],
  ['it has no sound data', '其中没有声音数据'],
  ['it is not a WAVE file', '它不是 WAVE 文件'],
  ['its format description is damaged', '格式说明已损坏'],
  ['its format description is missing', '缺少格式说明'],
  ['its header claims {channels} channels at {rate} Hz', '文件头声称有 {channels} 个声道、{rate} Hz'],
  ['the disk is full; make room and try again', '磁盘已满；请腾出空间后重试'],
  [
    'your space on this disk is used up; make room and try again',
    '您在此磁盘上的空间已用完；请腾出空间后重试',
  ],
  [
    'the disk does not take files of that size; choose another disk',
    '磁盘不能存放这么大的文件；请选择其他磁盘',
  ],
  ['the folder may not be written; choose another folder', '没有写入该文件夹的权限；请选择其他文件夹'],
  ['the disk is read-only; choose another folder', '磁盘是只读的；请选择其他文件夹'],
  ['the folder does not exist; choose another folder', '文件夹不存在；请选择其他文件夹'],
  ['a folder of that name is already there; choose another name', '已有同名文件夹；请换一个名称'],
  ['the name is too long; choose a shorter one', '名称太长；请换一个较短的名称'],
  ['another program uses it; close that program and try again', '另一个程序正在使用它；请关闭该程序后重试'],
  ['the disk reports a fault; try another folder', '磁盘报告故障；请换一个文件夹'],
  ['the disk reports {code}; try another folder', '磁盘报告 {code}；请换一个文件夹'],
  ['map of aliases', '化名对照表'],
  ['case file', '案卷文件'],
  ['key file', '密钥文件'],
  ['a masked value', '一处被遮盖的内容'],
  ['{count} masked values', ' {count} 处被遮盖的内容'],
  ['something that sounds like a masked value', '一处听起来像被遮盖的内容'],
  ['something that sounds like {count} masked values', ' {count} 处听起来像被遮盖的内容'],
  [
    'rename the recording and the speakers, or mask the remaining places,',
    '请重命名录音和说话人，或遮盖其余的地方',
  ],
  ['mask or reject what is said at {list} and later', '请遮盖或否决在 {list} 及以后所说的内容'],
  ['mask or reject what is said at {list}', '请遮盖或否决在 {list} 所说的内容'],
];
