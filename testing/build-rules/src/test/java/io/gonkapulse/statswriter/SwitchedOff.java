package io.gonkapulse.statswriter;

import org.junit.jupiter.api.Disabled;

@Disabled("on purpose")
class SwitchedOff {

    @Disabled("on purpose")
    void never() {}
}
