package io.gonkapulse.quickstart;

/** Where the storeys below can be reached, each filled in when its storey stands. */
final class QuickstartEndpoints {

    /** JDBC address without credentials. */
    String database = "";

    String kafka = "";
    String tracker = "";
    String chain = "";
}
