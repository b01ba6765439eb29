// English: the language in which texts are written first. Other files have the same keys and placeholders.

export default {
  // States
  'status.healthy': 'Healthy',
  'status.unhealthy': 'Unhealthy',
  'status.jailed': 'Jailed',
  'status.offline': 'Offline',
  'status.inactive': 'Inactive',
  'status.unknown': 'Unknown',
  'status.live': 'Live',
  'status.syncing': 'Syncing',
  'status.stale': 'Stale',
  'status.provisional': 'Provisional',
  'status.settled': 'Settled',
  'status.claimed': 'Claimed',
  'status.unclaimed': 'Unclaimed',
  'status.forfeited': 'Forfeited',
  'status.last': 'Last seen {status}',
  'status.lastHint': 'The newest data of this node are old.',
  'status.since': 'Inactive since epoch {epoch}',

  // Units
  'unit.seconds': '{n} s',
  'unit.minutes': '{n} min',
  'unit.hours': '{n} h',
  'unit.days': '{n} d',
  'unit.percent': '{n} %',
  'unit.milliseconds': '{n} ms',
  'unit.ago': '{time} ago',
  'unit.in': 'in {time}',
  'time.weekOf': 'Week of {day}',

  // Every page
  'page.loading': 'Loading {what}…',
  'page.notFound': 'Not found',
  'page.noData': 'No {what} to show',
  'page.logId': 'Id in the log: {id}.',
  'page.retry': 'Try now',
  'page.unknownValue': 'unknown',
  'page.copy': 'Copy',
  'page.copied': 'Copied',
  'page.copyRefused': 'The browser does not allow this page to copy',
  'page.csv': 'CSV',
  'page.csvFailed': '{name} download failed: {error}',
  'page.noResponse': 'The API does not respond',

  // Frame
  'frame.skip': 'Skip to content',
  'frame.pages': 'Pages',
  'frame.network': 'Network',
  'frame.watchList': 'Watch list',
  'frame.epochs': 'Epochs',
  'frame.trackers': 'Trackers',
  'frame.api': 'API',
  'frame.simulated': 'Simulated network',
  'frame.simulatedHint': 'These nodes and amounts are generated. They are not those of the Gonka network.',
  'frame.tooltips': 'Tooltips show exact amounts. Days of earnings are UTC days; all other times are in your time zone: {zone}.',
  'frame.version': 'Version {version}, commit {commit}',
  'frame.versionOnly': 'Version {version}',
  'frame.language': 'Language',
  'frame.machineTranslated': 'Machine-translated; corrections are welcome.',
  'frame.translationLink': 'How to correct a text',
  'theme.auto': 'Auto',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'theme.next': 'Theme: {theme}. Press for the next one',

  // Age of the data
  'pulse.live': 'Data {age} old',
  'pulse.old': 'Data of {tracker} {age} old',
  'pulse.oldNode': 'Node data {age} old',
  'pulse.down': 'Tracker {tracker} is silent',
  'pulse.away': 'Not reachable',
  'pulse.loading': 'Loading',
  'pulse.unknown': 'No data yet',
  'pulse.checked': 'Oldest data of a tracker: {time}',
  'banner.silent': 'Tracker {name} has been silent for {age}.',
  'banner.silentNever': 'Tracker {name} has not responded yet.',
  'banner.silentHint': 'Its nodes are shown as of then.',
  'banner.stale': 'The network data are stale.',
  'banner.staleHint': 'No tracker has reported a new block for {age}.',
  'banner.syncing': 'The chain node is catching up.',
  'banner.syncingHint': 'Its blocks are older than the network’s.',
  'banner.away': 'The API cannot be reached.',
  'banner.showing': 'Showing data from {time}',
  'banner.old': '{age} old',
  'banner.nextRetry': 'next retry in {seconds} s',
  'banner.retrying': 'retrying …',
  'banner.keyRequired': 'This gateway requires an API key.',
  'banner.key': 'API key',
  'banner.useKey': 'Use it',

  // Node page


  // Epochs pages


  // Earnings and charts

};
