//! REST over JSON and forms: path templates, bodies, and the operations table they lead to.
