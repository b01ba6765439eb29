package io.gonkapulse.statswriter;

class StatsManager {}
