/** The landing page. */
import '../ui/styles/site.css';
import '../ui/site/landing-page';

import { Tooltip } from '../ui/tooltip';

new Tooltip();
