import { render } from 'preact';
import './styles/base.css';
import './styles/locked.css';
import './styles/shell.css';
import './styles/inbox.css';
import './styles/case.css';
import './styles/overview.css';
import { App } from './views/App';

const place = document.getElementById('console');
if (place !== null) {
  render(<App />, place);
}
