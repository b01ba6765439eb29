package io.gonkapulse.servicekit.environment;

/** What a service cannot do without; it names them under {@code service.needs} in its yaml file. */
enum Need {
    DATABASE,
    KAFKA
}
