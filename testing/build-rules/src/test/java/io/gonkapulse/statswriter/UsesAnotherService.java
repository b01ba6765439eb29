package io.gonkapulse.statswriter;

import io.gonkapulse.apigateway.Page;

record UsesAnotherService(Page page) {}
