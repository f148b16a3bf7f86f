/** What `pnpm lab` knows beyond what a level is. */
export interface LabPlace {
  readonly project: string;
  /** The lab's folder on this machine. */
  readonly home: string;
  readonly checkout: string;
  /** Where the pager writes what reached it, on this machine: it outlives the lab. */
  readonly oncall: string;
  readonly receiverJournal: string;
  /** This machine's Node. */
  readonly nodeJs: string;
  /** `uid:gid` of the containers that write into folders of this machine. */
  readonly user: string;
}
