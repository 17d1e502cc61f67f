import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './host/store.ts';
import './style/tokens.css';
import './style/base.css';
import './style/overlay.css';
import './style/home.css';
import './style/settings.css';
import './style/review.css';
import './style/panel.css';
import './style/player.css';
import './style/tools.css';
import './style/narrow.css';
import './style/acoustics.css';
import './style/vault.css';
import './style/timeline.css';
import './style/record.css';
import './style/welcome.css';
// Last, since they change what the others say.
import './style/contrast.css';
import './style/print.css';

void connect();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
