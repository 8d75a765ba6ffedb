/** A share link, and pages that could not be shown. */
import '../ui/styles/site.css';
import '../ui/site/small-pages';

import { Tooltip } from '../ui/tooltip';

new Tooltip();
