import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { applyDenyList } from '../../core/redaction/denyList.ts';
import { type Job, policyOf } from '../../electron/contract.ts';
import { Blank } from '../common/blank.tsx';
import { Icon } from '../common/icon.tsx';
import { policyTitle } from '../common/policies.ts';
import { attempt, changeSettings, useApp } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { Body, type Tool } from './body.tsx';
import { ExportDialog } from './exportDialog.tsx';
import { layOut } from './layout.ts';
import { PolicyDialog } from './policyDialog.tsx';
import { useDocument } from './useDocument.ts';
import { usePrint } from './usePrint.tsx';
import { useSearchAgain } from './useSearchAgain.ts';

/** The page on which a transcript is read, heard, corrected, and exported. */
export function Review({
  job,
  query,
  onClose,
}: {
  job: Job;
  /** Searched for at once; '' for nothing. */
  query: string;
  onClose: () => void;
}) {
  const { settings } = useApp();
  const [policyName, setPolicyName] = useState(settings.policy);
  // One that was taken away meanwhile gives way to the chosen one.
  const policy = useMemo(() => policyOf(settings, policyName) ?? policyOf(settings)!, [settings, policyName]);
  const document = useDocument(job.id, (transcript) => applyDenyList(transcript, policy));
  const typed = useSearchAgain(job.id, document);
  const [dialog, setDialog] = useState<'export' | 'policy' | null>(null);
  const [tool, setTool] = useState<Tool>({ kind: null, round: 0 });
  const ask = useCallback(
    (kind: Tool['kind']) => setTool((current) => ({ kind, round: current.round + 1 })),
    [],
  );
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);

  const { transcript } = document;
  const layout = useMemo(() => transcript && layOut(transcript, policy), [transcript, policy]);
  const { print, sheet } = usePrint({ job: job.id, policy, settle: typed.settle });
  return (
    <div className="review">
      <p className="print-only">{m.review.printElsewhere}</p>
      {sheet}
      <header className="review-bar">
        <button type="button" className="quiet" onClick={onClose}>
          <Icon name="back" />
          {m.review.back}
        </button>
        <h1 ref={title} tabIndex={-1} className="review-title" title={job.name}>
          {job.name}
        </h1>
        <div className="review-tools">
          <button
            type="button"
            className="outlined policy"
            aria-label={`${m.review.mask} ${policyTitle(policy)}`}
            disabled={!layout}
            onClick={() => setDialog('policy')}
          >
            <span className="muted">{m.review.mask}</span>{' '}
            <span className="policy-name">{policyTitle(policy)}</span>
            <Icon name="down" />
          </button>
          <ToolButton icon="undo" name={m.review.undo} disabled={!document.canUndo} run={document.undo} />
          <ToolButton icon="redo" name={m.review.redo} disabled={!document.canRedo} run={document.redo} />
          <span className="narrow-only">
            <ToolButton icon="panel" name={m.review.showPanel} disabled={!layout} run={() => ask('panel')} />
          </span>
          <ToolButton icon="find" name={m.review.findAndReplace} disabled={!layout} run={() => ask('find')} />
          <ToolButton icon="print" name={m.review.print} disabled={!layout} run={print} />
          <ToolButton
            icon="keyboard"
            name={m.review.shortcuts}
            disabled={!layout}
            run={() => ask('shortcuts')}
          />
          <button type="button" className="primary" disabled={!layout} onClick={() => setDialog('export')}>
            <Icon name="export" />
            {m.review.export}
          </button>
        </div>
      </header>
      {document.error !== null ? (
        <Blank icon="warning" title={m.review.cannotOpenTitle} text={document.error} alert>
          <button type="button" className="outlined" onClick={onClose}>
            <Icon name="back" />
            {m.review.back}
          </button>
        </Blank>
      ) : transcript && layout ? (
        <Body
          job={job}
          document={document}
          typed={typed}
          transcript={transcript}
          layout={layout}
          policy={policy}
          letters={settings.letterShortcuts}
          tool={tool}
          query={query}
          onLetters={(letterShortcuts) =>
            void attempt(() => changeSettings({ ...settings, letterShortcuts }))
          }
          onTool={ask}
          onExport={() => setDialog('export')}
          onPrint={print}
        />
      ) : (
        <Blank icon="file" title={m.review.opening} />
      )}
      {dialog === 'export' && transcript && (
        <ExportDialog
          job={job}
          transcript={transcript}
          policy={policy}
          settle={typed.settle}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'policy' && transcript && (
        <PolicyDialog
          transcript={transcript}
          policy={policy}
          settings={settings}
          onApply={(chosen) => {
            document.edit((latest) => applyDenyList(latest, chosen));
            setPolicyName(chosen.name);
            setDialog(null);
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

function ToolButton({
  icon,
  name,
  disabled,
  run,
}: {
  icon: 'undo' | 'redo' | 'find' | 'print' | 'keyboard' | 'panel';
  name: string;
  disabled: boolean;
  run: () => void;
}) {
  return (
    <button type="button" className="plain" aria-label={name} title={name} disabled={disabled} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}
