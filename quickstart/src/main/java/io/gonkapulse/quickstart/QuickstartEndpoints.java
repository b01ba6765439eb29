package io.gonkapulse.quickstart;

/** Addresses of the started components, set by their startup steps and read by later ones. */
final class QuickstartEndpoints {

    /** JDBC URL without credentials. */
    String database = "";

    String kafka = "";
    String tracker = "";
    String chain = "";
}
