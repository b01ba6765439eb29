package io.gonkapulse.statswriter;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

class Settings {

    @Value("${ttl}")
    String ttl = "";

    @Autowired
    Object injected = "";
}
