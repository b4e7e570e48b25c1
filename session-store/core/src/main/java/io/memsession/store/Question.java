package io.memsession.store;

/**
 * What a question to a node is. A node may refuse to keep a value and be well; one that answers reads by errors is not.
 */
enum Question {
    READ,
    WRITE,
    OPTIONAL
}
