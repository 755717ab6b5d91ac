"""Pure: evidence -> what it amounts to. Asked by collect, by checks and by documents."""
