import grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import type struct from "google-protobuf/google/protobuf/struct_pb.js";

import { redact } from "../transport/redact.ts";
import type { PartlyDone } from "./partlyDone.ts";

/** A resource that is there in part, as the engine wants to be told: it keeps the state and updates it at the next `up`. */
export class InitFailed extends Error {
  override readonly name = "InitFailed";
  private readonly part: PartlyDone;
  private readonly state: struct.Struct;

  constructor(part: PartlyDone, state: struct.Struct) {
    super(part.message);
    this.part = part;
    this.state = state;
  }

  /** gRPC carries the details of an error beside its text. */
  metadata(): grpc.Metadata {
    const { id, reasons, message } = this.part;
    const failed = new messages.ErrorResourceInitFailed().setId(id).setProperties(this.state);
    failed.setReasonsList(reasons.map((reason) => redact(reason)));
    const detail = new any.Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new statuses.Status().setCode(grpc.status.UNKNOWN).setMessage(redact(message));
    status.addDetails(detail);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return metadata;
  }
}
