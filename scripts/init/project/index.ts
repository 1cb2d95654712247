import { cluster } from "minirack";

export default cluster();
