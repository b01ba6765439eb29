// The search of the dashboard, which opens what it finds there.

import { mountSearch } from '/dashboard/search.js';

mountSearch(document.getElementById('search'));
