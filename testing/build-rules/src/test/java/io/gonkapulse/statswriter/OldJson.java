package io.gonkapulse.statswriter;

import com.fasterxml.jackson.core.JsonFactory;

record OldJson(JsonFactory factory) {}
