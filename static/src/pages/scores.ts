/** My scores. */
import '../ui/styles/site.css';
import '../ui/site/scores-page';

import { Tooltip } from '../ui/tooltip';

new Tooltip();
