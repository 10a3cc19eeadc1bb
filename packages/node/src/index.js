export { BinaryMissing } from "./binary.js";
export { CertmimicError, Refused, Unverified } from "./control.js";
export { Server, StartFailed, VersionDiffers, join, start } from "./server.js";
export { World } from "./world.js";
